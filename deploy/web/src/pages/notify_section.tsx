// SPDX-License-Identifier: Apache-2.0
import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { t } from "../text/i18n";
import { Notice, PageHeader } from "../ui/blocks";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/field";
import { desktopNotifications, notificationSound } from "../ui/preferences";

type Permission = NotificationPermission | "unsupported";

const permissionNow = (): Permission => ("Notification" in globalThis ? Notification.permission : "unsupported");

export function NotifySection(): VNode {
  const permission = useSignal<Permission>(permissionNow());
  const setDesktop = async (on: boolean): Promise<void> => {
    desktopNotifications.value = on ? "on" : "off";
    if (on && permission.value === "default") {
      permission.value = await Notification.requestPermission();
      if (permission.value !== "granted") desktopNotifications.value = "off";
    }
  };
  const isPossible = permission.value === "granted" || permission.value === "default";
  const isOn = isPossible && desktopNotifications.value === "on";
  return (
    <>
      <PageHeader title={t("notify.title")} about={t("notify.about")} />
      <div class="form">
        {permission.value === "denied" && <Notice look="warning">{t("notify.denied")}</Notice>}
        {permission.value === "unsupported" && <Notice look="warning">{t("notify.unsupported")}</Notice>}
        <Checkbox
          label={t("notify.desktop")}
          hint={t("notify.desktop_hint")}
          checked={isOn}
          disabled={!isPossible}
          onChange={(on) => void setDesktop(on)}
        />
        <Checkbox
          label={t("notify.sound")}
          checked={notificationSound.value === "on"}
          onChange={(on) => {
            notificationSound.value = on ? "on" : "off";
          }}
        />
        {isOn && (
          <div class="buttons">
            <Button
              icon="bell"
              onClick={() => void new Notification(t("notify.test_title"), { body: t("notify.test_text") })}
            >
              {t("notify.test")}
            </Button>
          </div>
        )}
        <p class="muted small">{t("notify.on_this_device")}</p>
      </div>
    </>
  );
}
