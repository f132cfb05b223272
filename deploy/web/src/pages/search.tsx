// SPDX-License-Identifier: Apache-2.0
import { useSignal, type Signal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { ApiError } from "../api/client";
import { search, type SearchWish } from "../api/history";
import type { SearchHit } from "../api/types";
import { connections } from "../live/state";
import { go, places } from "../places";
import { t } from "../text/i18n";
import { reason } from "../text/reasons";
import { EmptyState, Loading, Notice, Page, PageHeader } from "../ui/blocks";
import { Button } from "../ui/button";
import { Disclosure } from "../ui/disclosure";
import { Field, Select } from "../ui/field";
import { FoundMessage } from "./found_message";
import { cutSnippet } from "./snippet";

type Filters = {
  connection: string;
  from: string;
  after: string;
  before: string;
  sort: "time" | "rank";
};

const noFilters: Filters = { connection: "", from: "", after: "", before: "", sort: "time" };

const dayBegins = (day: string): string => new Date(`${day}T00:00:00`).toISOString();
const dayEnds = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString();

const wishOf = (match: string, filters: Filters): SearchWish => ({
  match,
  limit: 50,
  sort: filters.sort,
  ...(filters.connection ? { connection_id: filters.connection } : {}),
  ...(filters.from.trim() ? { from: filters.from.trim() } : {}),
  ...(filters.after ? { after: dayBegins(filters.after) } : {}),
  ...(filters.before ? { before: dayEnds(filters.before) } : {}),
});

interface Result {
  hits: SearchHit[];
  cursor: string | undefined;
  isAll: boolean;
}

/** A look may end with nothing and still not be at the end: it goes on until it finds something. */
async function lookFrom(wish: SearchWish, signal: AbortSignal): Promise<Result> {
  let cursor = wish.cursor;
  for (;;) {
    const answer = await search(cursor === undefined ? wish : { ...wish, cursor }, signal);
    const hits = wish.sort === "rank" ? answer.messages : [...answer.messages].reverse();
    const isStuck = answer.cursor === undefined || answer.cursor === cursor;
    if (hits.length > 0 || answer.end || isStuck)
      return { hits, cursor: answer.cursor, isAll: answer.end || isStuck };
    cursor = answer.cursor;
  }
}

function FilterFields({ filters }: { filters: Signal<Filters> }): VNode {
  const set = (change: Partial<Filters>): void => {
    filters.value = { ...filters.value, ...change };
  };
  const { connection, from, after, before, sort } = filters.value;
  return (
    <Disclosure title={t("search.filters")}>
      <div class="field-row">
        <Select
          label={t("search.where")}
          value={connection}
          options={[
            { value: "", label: t("search.everywhere") },
            ...connections.value.map((each) => ({ value: each.id, label: each.name.value })),
          ]}
          onChange={(value) => set({ connection: value })}
        />
        <Field label={t("search.from")} dir="auto" value={from} onInput={(value) => set({ from: value })} />
      </div>
      <div class="field-row">
        <Field label={t("search.after")} type="date" value={after} onInput={(value) => set({ after: value })} />
        <Field label={t("search.before")} type="date" value={before} onInput={(value) => set({ before: value })} />
        <Select
          label={t("search.sort")}
          value={sort}
          options={[
            { value: "time", label: t("search.sort_time") },
            { value: "rank", label: t("search.sort_rank") },
          ]}
          onChange={(value) => set({ sort: value })}
        />
      </div>
    </Disclosure>
  );
}

function Hits({ result }: { result: Result }): VNode {
  const count = result.hits.length;
  if (count === 0)
    return (
      <EmptyState icon="search" title={t("search.none")}>
        <p>{t("search.none_about")}</p>
      </EmptyState>
    );
  return (
    <>
      <p class="muted small" role="status">
        {t(result.isAll ? "search.found_all" : "search.found", { count })}
      </p>
      <ul class="found-list">
        {result.hits.map((hit) => (
          <FoundMessage message={hit} key={hit.seq}>
            {cutSnippet(hit.snippet, hit.matches).map((piece) => (piece.isFound ? <mark>{piece.text}</mark> : piece.text))}
          </FoundMessage>
        ))}
      </ul>
    </>
  );
}

export default function SearchPage({ match }: { match: string }): VNode {
  const words = useSignal(match);
  const filters = useSignal(noFilters);
  const result = useSignal<Result | undefined>(undefined);
  const problem = useSignal("");
  const busy = useSignal(false);
  const running = useRef<AbortController | undefined>(undefined);

  const run = async (wish: SearchWish, before: SearchHit[]): Promise<void> => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    busy.value = true;
    problem.value = "";
    try {
      const found = await lookFrom(wish, mine.signal);
      result.value = { ...found, hits: [...before, ...found.hits] };
    } catch (why) {
      if (mine.signal.aborted) return;
      if (!(why instanceof ApiError)) throw why;
      problem.value = reason(why.message, why.status);
    }
    busy.value = false;
  };

  const wish = wishOf(match, filters.value);
  const isEmpty = match.trim() === "" && filters.value.from.trim() === "" && filters.value.connection === "";
  const asked = JSON.stringify(wish);
  useEffect(() => {
    words.value = match;
  }, [match]);
  useEffect(() => () => running.current?.abort(), []);
  useEffect(() => {
    result.value = undefined;
    running.current?.abort();
    busy.value = false;
    // What is typed into a filter settles first.
    const timer = isEmpty ? undefined : setTimeout(() => void run(wish, []), 200);
    return () => clearTimeout(timer);
  }, [asked]);

  const found = result.value;
  return (
    <Page>
      <PageHeader title={t("search.title")} />
      <form
        class="form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          go(places.search(words.value.trim()), true);
        }}
      >
        <div class="search-bar">
          <Field
            label={t("search.label")}
            type="search"
            placeholder={t("search.placeholder")}
            dir="auto"
            autofocus
            value={words.value}
            onInput={(value) => {
              words.value = value;
            }}
          />
          <Button type="submit" look="primary" icon="search">
            {t("search.submit")}
          </Button>
        </div>
        <FilterFields filters={filters} />
      </form>
      <div role="alert">{problem.value !== "" && <Notice look="danger">{problem.value}</Notice>}</div>
      {isEmpty && (
        <EmptyState icon="search" title={t("search.start")}>
          <p>{t("search.start_about")}</p>
        </EmptyState>
      )}
      {found && <Hits result={found} />}
      {busy.value && !found && <Loading />}
      {found && !found.isAll && (
        <div class="buttons">
          <Button
            busy={busy.value}
            onClick={() => void run({ ...wish, ...(found.cursor ? { cursor: found.cursor } : {}) }, found.hits)}
          >
            {t("search.more")}
          </Button>
        </div>
      )}
    </Page>
  );
}
