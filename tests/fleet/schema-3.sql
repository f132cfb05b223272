-- SPDX-License-Identifier: Apache-2.0
-- A store of schema 3, with one account (ann@example.com, correct horse).
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.api_tokens (
    id text NOT NULL COLLATE pg_catalog."C",
    token_hash text NOT NULL COLLATE pg_catalog."C",
    user_id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    scopes text NOT NULL COLLATE pg_catalog."C",
    created bigint NOT NULL,
    expires bigint NOT NULL,
    last_used bigint NOT NULL
);
CREATE TABLE public.connection_profiles (
    id text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    max_message_length bigint NOT NULL,
    max_bulk_message_size bigint NOT NULL,
    service_accounts text NOT NULL COLLATE pg_catalog."C",
    skip_queue integer,
    webirc_password_sealed text NOT NULL COLLATE pg_catalog."C",
    flood_burst bigint,
    flood_interval bigint
);
CREATE TABLE public.connections (
    user_id bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    url text NOT NULL COLLATE pg_catalog."C",
    password_sealed text NOT NULL COLLATE pg_catalog."C",
    wanted integer NOT NULL,
    on_connect_commands text NOT NULL COLLATE pg_catalog."C",
    info text NOT NULL COLLATE pg_catalog."C",
    memory text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    certificate_sealed text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C",
    on_connect_sealed text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.conversations (
    user_id bigint NOT NULL,
    connection_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    topic text NOT NULL COLLATE pg_catalog."C",
    frozen text NOT NULL COLLATE pg_catalog."C",
    key_sealed text NOT NULL COLLATE pg_catalog."C",
    info text NOT NULL COLLATE pg_catalog."C",
    unread bigint NOT NULL,
    notifications bigint NOT NULL,
    read_seq bigint NOT NULL,
    last_time bigint DEFAULT 0 NOT NULL,
    last_msgid text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.file_parts (
    file_id text NOT NULL COLLATE pg_catalog."C",
    part bigint NOT NULL,
    content text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.files (
    id text NOT NULL COLLATE pg_catalog."C",
    user_id bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    content_type text NOT NULL COLLATE pg_catalog."C",
    saved bigint NOT NULL,
    size bigint NOT NULL,
    content text NOT NULL COLLATE pg_catalog."C",
    write_only integer DEFAULT 0 NOT NULL,
    state integer DEFAULT 1 NOT NULL
);
CREATE TABLE public.journal (
    user_id bigint NOT NULL,
    seq bigint NOT NULL,
    "time" bigint NOT NULL,
    connection_id text NOT NULL COLLATE pg_catalog."C",
    conversation_id text NOT NULL COLLATE pg_catalog."C",
    kind integer NOT NULL,
    highlight integer NOT NULL,
    has_text integer NOT NULL,
    unread bigint NOT NULL,
    notifications bigint NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    sender text NOT NULL COLLATE pg_catalog."C",
    target text NOT NULL COLLATE pg_catalog."C",
    content text NOT NULL COLLATE pg_catalog."C",
    topic text NOT NULL COLLATE pg_catalog."C",
    extra text NOT NULL COLLATE pg_catalog."C",
    msgid text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.key_proof (
    sealed text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.nonces (
    user_id bigint NOT NULL,
    nonce text NOT NULL COLLATE pg_catalog."C",
    begun bigint NOT NULL,
    answered integer NOT NULL,
    error text NOT NULL COLLATE pg_catalog."C",
    path text NOT NULL COLLATE pg_catalog."C",
    result text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.schema_steps (
    version bigint NOT NULL
);
CREATE TABLE public.search_index (
    user_id bigint NOT NULL,
    seq bigint NOT NULL,
    tokens tsvector NOT NULL
);
CREATE TABLE public.sessions (
    token_hash text NOT NULL COLLATE pg_catalog."C",
    user_id bigint NOT NULL,
    created bigint NOT NULL,
    expires bigint NOT NULL,
    remote_address text NOT NULL COLLATE pg_catalog."C",
    user_agent text NOT NULL COLLATE pg_catalog."C",
    last_seen bigint DEFAULT 0 NOT NULL
);
CREATE TABLE public.site_settings (
    id integer NOT NULL,
    json text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.sts_policies (
    host text NOT NULL COLLATE pg_catalog."C",
    port bigint NOT NULL,
    expires bigint NOT NULL
);
CREATE TABLE public.user_ids (
    last bigint NOT NULL
);
CREATE TABLE public.users (
    id bigint NOT NULL,
    email text NOT NULL COLLATE pg_catalog."C",
    password_hash text NOT NULL COLLATE pg_catalog."C",
    roles text NOT NULL COLLATE pg_catalog."C",
    highlight_keywords text NOT NULL COLLATE pg_catalog."C",
    remote_address text NOT NULL COLLATE pg_catalog."C",
    stream text NOT NULL COLLATE pg_catalog."C",
    registered bigint NOT NULL,
    disabled integer NOT NULL,
    last_seq bigint NOT NULL,
    indexed_seq bigint DEFAULT 0 NOT NULL,
    journal_bytes bigint DEFAULT 0 NOT NULL
);
INSERT INTO public.key_proof VALUES ('eorwVKixy_INr86343jUXzzBNUaz3GLiEuGorKlvMbmAnX0F33cKXVYOHePKfQ');
INSERT INTO public.schema_steps VALUES (1);
INSERT INTO public.schema_steps VALUES (2);
INSERT INTO public.schema_steps VALUES (3);
INSERT INTO public.user_ids VALUES (1);
INSERT INTO public.users VALUES (1, 'ann@example.com', '$argon2id$v=19$m=8,t=1,p=1$54PXjrV/JyoJw5hMj9uBqg$oSZKy8ihmc0hh/ycVybQfqv34x7vwe02mOfbEwsKrJI', 'admin
', '', '127.0.0.1', 'f2311b36470f9bec', 1795383821636909, 0, 0, 0, 0);
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.connection_profiles
    ADD CONSTRAINT connection_profiles_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_pkey PRIMARY KEY (user_id, id);
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (user_id, connection_id, id);
ALTER TABLE ONLY public.file_parts
    ADD CONSTRAINT file_parts_pkey PRIMARY KEY (file_id, part);
ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.journal
    ADD CONSTRAINT journal_pkey PRIMARY KEY (user_id, seq);
ALTER TABLE ONLY public.nonces
    ADD CONSTRAINT nonces_pkey PRIMARY KEY (user_id, nonce);
ALTER TABLE ONLY public.schema_steps
    ADD CONSTRAINT schema_steps_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.search_index
    ADD CONSTRAINT search_index_pkey PRIMARY KEY (user_id, seq);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (token_hash);
ALTER TABLE ONLY public.site_settings
    ADD CONSTRAINT site_settings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sts_policies
    ADD CONSTRAINT sts_policies_pkey PRIMARY KEY (host);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE INDEX api_tokens_by_user ON public.api_tokens USING btree (user_id, created);
CREATE INDEX files_going ON public.files USING btree (id) WHERE (state = 2);
CREATE INDEX files_listed ON public.files USING btree (user_id, state, saved, id, size, name);
CREATE INDEX journal_by_msgid ON public.journal USING btree (user_id, connection_id, msgid) WHERE (msgid <> ''::text);
CREATE INDEX journal_highlights ON public.journal USING btree (user_id, seq) WHERE ((highlight = 1) AND (kind < 20) AND (kind <> 4));
CREATE INDEX journal_history ON public.journal USING btree (user_id, connection_id, conversation_id, "time", seq) WHERE ((kind < 20) AND (kind <> 4));
CREATE INDEX journal_states ON public.journal USING btree ("time") WHERE ((kind >= 20) OR (kind = 4));
CREATE INDEX journal_unread ON public.journal USING btree (user_id, connection_id, conversation_id, seq) WHERE ((unread = 1) AND (kind < 20));
CREATE INDEX nonces_by_age ON public.nonces USING btree (begun);
CREATE INDEX search_index_by_token ON public.search_index USING gin (tokens);
CREATE INDEX sessions_by_expiry ON public.sessions USING btree (expires);
CREATE INDEX sessions_by_user ON public.sessions USING btree (user_id);
CREATE INDEX users_to_index ON public.users USING btree (id) WHERE ((last_seq - indexed_seq) >= 256);
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.connections
    ADD CONSTRAINT connections_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_user_id_connection_id_fkey FOREIGN KEY (user_id, connection_id) REFERENCES public.connections(user_id, id) ON DELETE CASCADE;
ALTER TABLE ONLY public.file_parts
    ADD CONSTRAINT file_parts_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.files(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.files
    ADD CONSTRAINT files_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.nonces
    ADD CONSTRAINT nonces_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
