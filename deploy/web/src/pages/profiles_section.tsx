// SPDX-License-Identifier: Apache-2.0
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { listProfiles, removeProfile } from "../api/connections";
import type { Profile } from "../api/types";
import { t } from "../text/i18n";
import { Badge, PageHeader } from "../ui/blocks";
import { Button } from "../ui/button";
import { confirmed } from "../ui/dialog";
import { toastProblem } from "../ui/toast";
import { Show } from "./loaded";
import { ProfileDialog } from "./profile_dialog";
import { useLoaded } from "./use_loaded";

function ProfileRow(props: { profile: Profile; onEdit: () => void; onRemove: () => void }): VNode {
  const { profile, onEdit, onRemove } = props;
  return (
    <li class="row">
      <div class="row-main">
        <div>
          <bdi>{profile.id}</bdi> {profile.is_default && <Badge look="accent">{t("profiles.badge_default")}</Badge>}{" "}
          {profile.is_forced && <Badge look="warning">{t("profiles.badge_forced")}</Badge>}
        </div>
        <div class="muted small mono">
          <bdi>{profile.url}</bdi>
        </div>
      </div>
      <div class="buttons">
        <Button small icon="pencil" onClick={onEdit}>
          {t("edit")}
        </Button>
        {!profile.is_default && (
          <Button small icon="trash" onClick={onRemove}>
            {t("remove")}
          </Button>
        )}
      </div>
    </li>
  );
}

export function ProfilesSection(): VNode {
  const loaded = useLoaded(async () => (await listProfiles()).profiles);
  /** The one that is changed; null is a new one. */
  const edited = useSignal<Profile | null | undefined>(undefined);
  const remove = async (profile: Profile): Promise<void> => {
    const isSure = await confirmed({
      title: t("profiles.remove_question", { name: profile.id }),
      action: t("remove"),
      fatal: true,
    });
    if (!isSure) return;
    try {
      await removeProfile(profile.id);
    } catch (why) {
      toastProblem(why);
    }
    await loaded.reload();
  };
  return (
    <>
      <PageHeader title={t("profiles.title")} about={t("profiles.about")}>
        <Button
          look="primary"
          icon="plus"
          onClick={() => {
            edited.value = null;
          }}
        >
          {t("profiles.add")}
        </Button>
      </PageHeader>
      <Show from={loaded}>
        {(profiles) =>
          profiles.length === 0 ? (
            <p class="muted">{t("profiles.none")}</p>
          ) : (
            <ul class="rows">
              {profiles.map((each) => (
                <ProfileRow
                  profile={each}
                  key={each.id}
                  onEdit={() => {
                    edited.value = each;
                  }}
                  onRemove={() => void remove(each)}
                />
              ))}
            </ul>
          )
        }
      </Show>
      {edited.value !== undefined && (
        <ProfileDialog
          profile={edited.value}
          onClose={(isSaved) => {
            edited.value = undefined;
            if (isSaved) void loaded.reload();
          }}
        />
      )}
    </>
  );
}
