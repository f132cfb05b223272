// SPDX-License-Identifier: Apache-2.0
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { deleteUser, updateUser } from "../api/account";
import { inviteUser, listUsers } from "../api/admin";
import type { ListedUser } from "../api/types";
import { user } from "../live/state";
import { mediumDate } from "../text/dates";
import { t } from "../text/i18n";
import { Badge, PageHeader, Section } from "../ui/blocks";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy_field";
import { confirmed, Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Form, useForm } from "../ui/form";
import { Menu, type MenuItem } from "../ui/menu";
import { toast, toastProblem } from "../ui/toast";
import { Show } from "./loaded";
import { useLoaded } from "./use_loaded";

const adminRole = "admin";
const isOneAdmin = (who: ListedUser): boolean => who.roles.includes(adminRole);

/** Everybody, however many answers that takes. */
async function everybody(): Promise<ListedUser[]> {
  const result: ListedUser[] = [];
  for (;;) {
    const last = result.at(-1);
    const { users } = await listUsers(last ? { after: last.uid } : {});
    if (users.length === 0 || users[0]?.uid === result[0]?.uid) return result;
    result.push(...users);
  }
}

interface Invitation {
  email: string;
  url: string;
  expires: string;
  existing: boolean;
}

const invite = async (email: string): Promise<Invitation> => ({ email, ...(await inviteUser(email)) });

function InvitationDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }): VNode {
  const { email, url, expires, existing } = invitation;
  return (
    <Dialog title={t(existing ? "users.recover_title" : "users.invite_title", { email })} onClose={onClose}>
      <CopyField label={t("users.link")} value={url} />
      <p class="muted small">{t("users.link_until", { date: mediumDate(expires) })}</p>
    </Dialog>
  );
}

function InviteForm({ onInvited }: { onInvited: (invitation: Invitation) => void }): VNode {
  const form = useForm({ email: "" }, async ({ email }) => {
    onInvited(await invite(email.trim()));
    form.set("email", "");
  });
  return (
    <Form state={form} label={t("users.invite")}>
      <Field label={t("entry.email")} type="email" dir="ltr" autocomplete="off" {...form.text("email")} />
      <div class="buttons">
        <Button type="submit" busy={form.busy.value} icon="link">
          {t("users.invite_submit")}
        </Button>
      </div>
    </Form>
  );
}

async function setAdmin(who: ListedUser, on: boolean): Promise<void> {
  const others = who.roles.filter((each) => each !== adminRole);
  await updateUser(who.email, { roles: on ? [...others, adminRole] : others });
  toast(t(on ? "users.is_admin" : "users.is_no_admin", { email: who.email }));
}

async function remove(who: ListedUser): Promise<void> {
  const isSure = await confirmed({
    title: t("users.delete_question", { email: who.email }),
    text: t("users.delete_about"),
    action: t("users.delete"),
    fatal: true,
  });
  if (!isSure) return;
  await deleteUser(who.email);
  toast(t("users.deleted", { email: who.email }));
}

function UserRow(props: {
  who: ListedUser;
  onInvited: (invitation: Invitation) => void;
  work: (what: () => Promise<void>) => void;
}): VNode {
  const { who, onInvited, work } = props;
  const isAdmin = isOneAdmin(who);
  const isSelf = who.email === user.value?.email;
  const items: MenuItem[] = [
    {
      label: t(isAdmin ? "users.unmake_admin" : "users.make_admin"),
      icon: "shield",
      action: () => work(() => setAdmin(who, !isAdmin)),
    },
    { label: t("users.recover"), icon: "key", action: () => work(async () => onInvited(await invite(who.email))) },
    "line",
    {
      label: t("users.delete"),
      icon: "trash",
      danger: true,
      disabled: isSelf,
      action: () => work(() => remove(who)),
    },
  ];
  return (
    <li class="row">
      <div class="row-main">
        <div>
          <bdi>{who.email}</bdi> {isAdmin && <Badge look="accent">{t("users.admin")}</Badge>}{" "}
          {who.disabled && <Badge look="danger">{t("users.disabled")}</Badge>}{" "}
          {isSelf && <Badge>{t("users.you")}</Badge>}
        </div>
        <div class="muted small">
          {t("users.registered", { date: mediumDate(who.registered) })}
          {who.remote_address && ` · ${t("users.seen", { address: who.remote_address })}`}
        </div>
      </div>
      <Menu label={t("users.actions", { email: who.email })} items={items} />
    </li>
  );
}

export function UsersSection(): VNode {
  const loaded = useLoaded(everybody);
  const wish = useSignal("");
  const invitation = useSignal<Invitation | undefined>(undefined);
  const onInvited = (made: Invitation): void => {
    invitation.value = made;
  };
  const work = async (what: () => Promise<void>): Promise<void> => {
    try {
      await what();
    } catch (why) {
      toastProblem(why);
    }
    await loaded.reload();
  };
  const all = loaded.value.value ?? [];
  const text = wish.value.trim().toLowerCase();
  return (
    <>
      <PageHeader title={t("users.title")} about={all.length > 0 ? t("users.about", { count: all.length }) : ""} />
      <Show from={loaded}>
        {(users) => (
          <>
            {users.length > 8 && (
              <Field
                label={t("users.find")}
                type="search"
                value={wish.value}
                onInput={(value) => {
                  wish.value = value;
                }}
              />
            )}
            <ul class="rows">
              {users
                .filter((each) => each.email.includes(text))
                .map((each) => (
                  <UserRow who={each} key={each.uid} onInvited={onInvited} work={(what) => void work(what)} />
                ))}
            </ul>
          </>
        )}
      </Show>
      <Section title={t("users.invite")} about={t("users.invite_about")}>
        <InviteForm onInvited={onInvited} />
      </Section>
      {invitation.value && (
        <InvitationDialog
          invitation={invitation.value}
          onClose={() => {
            invitation.value = undefined;
          }}
        />
      )}
    </>
  );
}
