"use client";
import { ReasonDialog } from "@/components/forms/reason-dialog";
import { Button } from "@/components/ui/button";
import type { LinkLine } from "@/lib/reports/links-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import type { LinkActions } from "./rule-links";

const AT_ONCE = 20_000;

/** Accepts or rejects the links that are chosen, else all that are shown, after saying how many and which. */
export function DecideLinks({ links, chosen, decide, onDone }: { links: readonly LinkLine[]; chosen: boolean; decide: LinkActions["decide"]; onDone: () => void }) {
  return (
    <>
      <Decision word="Accept" state="accepted" links={links.filter(({ state }) => state !== "accepted")} chosen={chosen} decide={decide} onDone={onDone} />
      <Decision word="Reject" state="rejected" links={links.filter(({ state }) => state !== "rejected")} chosen={chosen} decide={decide} onDone={onDone} />
    </>
  );
}

function Decision({ word, state, links, chosen, decide, onDone }: { word: string; state: "accepted" | "rejected"; links: readonly LinkLine[]; chosen: boolean; decide: LinkActions["decide"]; onDone: () => void }) {
  const analytics = new Set(links.map(({ analytic }) => analytic)).size;
  const rules = new Set(links.map(({ ruleId }) => ruleId)).size;
  return (
    <ReasonDialog
      trigger={
        <Button disabled={links.length === 0}>
          {word} {chosen ? `${formatCount(links.length)} chosen` : `all ${formatCount(links.length)} shown`}
        </Button>
      }
      title={`${word} ${counted(links.length, "link")}?`}
      description={`${counted(rules, "rule")} and ${counted(analytics, "analytic")} are concerned. Each can be decided again later.`}
      word={`${word} ${formatCount(Math.min(links.length, AT_ONCE))}`}
      hint={state === "rejected" ? "kept with each link" : "may stay empty"}
      submit={async (reason) => {
        const result = await decide({ state, reason, links: links.slice(0, AT_ONCE).map(({ ruleId, analytic }) => ({ ruleId, analytic })) });
        if (!result.ok) return result;
        onDone();
        return { ok: true, said: `${counted(result.data, "link")} ${state}; the next assessment counts with it` };
      }}
    />
  );
}
