// SPDX-License-Identifier: Apache-2.0
import type { VNode } from "preact";

import { site } from "../api/site";
import { commands } from "../chat/commands";
import { t } from "../text/i18n";
import { Page, PageHeader, Section } from "../ui/blocks";
import { KeyLists } from "./keys";
import "./help.css";

function Commands(): VNode {
  return (
    <div class="help-commands" role="region" aria-label={t("help.commands")} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("help.command")}</th>
            <th scope="col">{t("help.command_about")}</th>
          </tr>
        </thead>
        <tbody>
          {commands.map((each) => (
            <tr key={each.name}>
              <th scope="row">
                <code dir="ltr">
                  /{each.name} {each.usage}
                </code>
              </th>
              <td>{t(`command.${each.name}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export default function HelpPage(): VNode {
  return (
    <Page>
      <PageHeader title={t("help.title")} about={<bdi>{site.version}</bdi>} />
      <Section title={t("help.first_title")}>
        <ol class="help-steps">
          <li>{t("help.first_network")}</li>
          <li>{t("help.first_channel")}</li>
          <li>{t("help.first_talk")}</li>
        </ol>
      </Section>
      <Section title={t("keys.title")}>
        <KeyLists />
      </Section>
      <Section title={t("help.commands")}>
        <Commands />
      </Section>
      {/^(?:mailto:|https?:\/\/)/i.test(site.contact) && (
        <Section title={t("help.contact")}>
          <p>
            {t("help.contact_about")}{" "}
            <a href={site.contact} rel="noopener noreferrer">
              {t("entry.contact")}
            </a>
          </p>
        </Section>
      )}
    </Page>
  );
}
