// SPDX-License-Identifier: Apache-2.0
import { useSignal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useEffect } from "preact/hooks";

import { getHealth, getSettings } from "../api/admin";
import type { DiskUsage, Health } from "../api/types";
import { formatNumber, t, type Key } from "../text/i18n";
import { bytes, duration } from "../text/sizes";
import { Badge, Notice, PageHeader, Section } from "../ui/blocks";
import { Show } from "./loaded";
import { useLoaded } from "./use_loaded";
import "./health.css";

const refreshEvery = 3000;

const checkTexts: Readonly<Record<string, Key>> = {
  draining: "health.check_draining",
  store: "health.check_store",
  store_lag: "health.check_store_lag",
  migrations: "health.check_migrations",
  lease: "health.check_lease",
  bus: "health.check_bus",
};

interface Look {
  health: Health;
  /** Of all cores, from 0 on; undefined before there are two looks to compare. */
  cpu: number | undefined;
  at: number;
}

async function look(before: Look | undefined): Promise<Look> {
  const health = await getHealth();
  const at = performance.now();
  const spent = before ? health.process.cpu_seconds - before.health.process.cpu_seconds : 0;
  const passed = before ? (at - before.at) / 1000 : 0;
  return { health, at, cpu: passed > 0 ? Math.max(0, spent / passed) : undefined };
}

function Figure({ name, children }: { name: string; children: ComponentChildren }): VNode {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Checks({ health }: { health: Health }): VNode {
  const found = { ...health.warnings, ...health.checks };
  return (
    <ul class="rows">
      {Object.entries(found).map(([name, said]) => {
        const key = checkTexts[name];
        const isWarning = health.warnings?.[name] !== undefined;
        const look = said === "ok" ? "good" : isWarning ? "warning" : "danger";
        return (
          <li class="row" key={name}>
            <div class="row-main">
              <div>{key ? t(key) : name}</div>
              {said !== "ok" && (
                <div class="small" dir="auto">
                  {said}
                </div>
              )}
            </div>
            <Badge look={look}>{said === "ok" ? t("health.ok") : t("health.unwell")}</Badge>
          </li>
        );
      })}
    </ul>
  );
}

function Figures({ now }: { now: Look }): VNode {
  const { health, cpu } = now;
  const { process } = health;
  const percent = cpu === undefined ? "…" : `${formatNumber(Math.round(cpu * 100))} %`;
  return (
    <dl class="figures">
      <Figure name={t("health.sessions")}>{formatNumber(health.sessions)}</Figure>
      <Figure name={t("health.users")}>{formatNumber(health.users)}</Figure>
      <Figure name={t("health.waiting")}>{formatNumber(health.waiting_events)}</Figure>
      <Figure name={t("health.dialing")}>{formatNumber(health.waiting_connects)}</Figure>
      <Figure name={t("health.cpu")}>{percent}</Figure>
      <Figure name={t("health.memory")}>{bytes(process.resident_bytes)}</Figure>
      <Figure name={t("health.files")}>{formatNumber(process.open_files)}</Figure>
      <Figure name={t("health.threads")}>{formatNumber(process.threads)}</Figure>
      <Figure name={t("health.uptime")}>{duration(Date.now() / 1000 - process.started)}</Figure>
      <Figure name={t("health.version")}>
        <bdi>{health.version}</bdi>
      </Figure>
    </dl>
  );
}

function Disk({ disk }: { disk: DiskUsage }): VNode {
  const size = (blocks: number): string => bytes(blocks * disk.block_size);
  const words = t("health.disk_used", {
    used: size(disk.blocks_used),
    total: size(disk.blocks_total),
    free: size(disk.blocks_free),
  });
  return (
    <div class="field">
      <meter
        class="meter"
        min={0}
        max={disk.blocks_total}
        high={disk.blocks_total * 0.9}
        value={disk.blocks_used}
        aria-label={words}
      />
      <span class="muted small">{words}</span>
    </div>
  );
}

function Nodes({ health }: { health: Health }): VNode {
  return (
    <ul class="rows">
      {health.nodes.map((each) => (
        <li class="row" key={each.name}>
          <div class="row-main">
            <div>
              <bdi>{each.name}</bdi>
            </div>
            <div class="muted small">
              {each.version} · {t("health.node_homes", { count: each.homes })}
            </div>
          </div>
          {each.draining && <Badge look="warning">{t("health.node_draining")}</Badge>}
        </li>
      ))}
    </ul>
  );
}

export function HealthSection(): VNode {
  const last = useSignal<Look | undefined>(undefined);
  const loaded = useLoaded(async () => {
    last.value = await look(last.peek());
    return last.value;
  });
  const settings = useLoaded(getSettings);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") void loaded.reload();
    }, refreshEvery);
    return () => clearInterval(timer);
  }, []);
  const disk = settings.value.value?.disk_usage;
  return (
    <>
      <PageHeader title={t("health.title")} about={t("health.about")} />
      <Show from={loaded}>
        {(now) => (
          <>
            <Notice look={now.health.ready ? "good" : "danger"}>
              {now.health.ready ? t("health.well") : t("health.unwell")}
            </Notice>
            <Section title={t("health.figures")}>
              <Figures now={now} />
            </Section>
            <Section title={t("health.checks")}>
              <Checks health={now.health} />
            </Section>
            {now.health.nodes.length > 0 && (
              <Section title={t("health.nodes")}>
                <Nodes health={now.health} />
              </Section>
            )}
          </>
        )}
      </Show>
      {disk && (
        <Section title={t("health.disk")}>
          <Disk disk={disk} />
        </Section>
      )}
    </>
  );
}
