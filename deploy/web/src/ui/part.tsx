// SPDX-License-Identifier: Apache-2.0
// A part of the page that is a file of its own, fetched when it is looked at. What could not be
// fetched says so, and is tried again; the `lazy` of the router would stay empty until a reload.
import { useSignal } from "@preact/signals";
import type { ComponentType, VNode } from "preact";
import { useEffect } from "preact/hooks";

import { isOutdated } from "../api/outdated";
import { t } from "../text/i18n";
import { Notice } from "./blocks";
import { Button } from "./button";
import { Dialog } from "./dialog";

type Module<Props> = () => Promise<{ default: ComponentType<Props> }>;

/** "outdated" when the node has a new version, whose files have other names. */
type Fault = "unreachable" | "outdated";

interface MissingProps {
  fault: Fault;
  isBusy: boolean;
  retry: () => void;
}

function Missing({ fault, isBusy, retry }: MissingProps): VNode {
  return (
    <div role="alert">
      <Notice look="danger">
        <p>{t(fault === "outdated" ? "part.outdated" : "part.unreachable")}</p>
        {fault === "outdated" ? (
          <Button small icon="refresh" onClick={() => location.reload()}>
            {t("part.reload")}
          </Button>
        ) : (
          <Button small icon="refresh" busy={isBusy} onClick={retry}>
            {t("try_again")}
          </Button>
        )}
      </Notice>
    </div>
  );
}

function makePart<Props extends object>(load: Module<Props>, without: (missing: VNode, props: Props) => VNode) {
  let Made: ComponentType<Props> | undefined;
  return function Part(props: Props): VNode | null {
    const isThere = useSignal(Made !== undefined);
    const fault = useSignal<Fault | undefined>(undefined);
    const isBusy = useSignal(false);
    const attempt = async () => {
      isBusy.value = true;
      try {
        Made = (await load()).default;
        isThere.value = true;
      } catch (why) {
        console.error(why);
        fault.value = (await isOutdated()) ? "outdated" : "unreachable";
      }
      isBusy.value = false;
    };
    useEffect(() => {
      if (!isThere.peek()) void attempt();
    }, []);
    if (isThere.value && Made) return <Made {...props} />;
    if (fault.value === undefined) return null;
    return without(<Missing fault={fault.value} isBusy={isBusy.value} retry={() => void attempt()} />, props);
  };
}

/** One that is a page. */
export const pagePart = <Props extends object>(load: Module<Props>) =>
  makePart(load, (missing) => <div class="page">{missing}</div>);

/** One that lies over the page, and is closed. */
export const overlayPart = <Props extends { onClose: () => void }>(load: Module<Props>) =>
  makePart(load, (missing, { onClose }) => (
    <Dialog title={t("part.title")} onClose={onClose}>
      {missing}
    </Dialog>
  ));
