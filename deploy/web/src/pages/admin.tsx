// SPDX-License-Identifier: Apache-2.0
// What admins take care of.
import type { ComponentType, VNode } from "preact";

import { isAdmin } from "../live/state";
import { t } from "../text/i18n";
import { EmptyState } from "../ui/blocks";
import { HealthSection } from "./health_section";
import MissingPage from "./missing";
import { ProfilesSection } from "./profiles_section";
import { SettingsFrame } from "./settings_frame";
import { SiteSection } from "./site_section";
import { UsersSection } from "./users_section";

const sections: Readonly<Record<string, ComponentType>> = {
  health: HealthSection,
  profiles: ProfilesSection,
  site: SiteSection,
  users: UsersSection,
};

export default function AdminPage({ section }: { section: string }): VNode {
  const Section = Object.hasOwn(sections, section) ? sections[section] : undefined;
  if (!Section) return <MissingPage />;
  return (
    <SettingsFrame section={`admin/${section}`}>
      {isAdmin.value ? <Section /> : <EmptyState icon="shield" title={t("admin.forbidden")} />}
    </SettingsFrame>
  );
}
