"use client";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
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
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);
  const [pending, start] = useTransition();
  const submit = () =>
    start(async () => {
      const result = await decide({ state, reason, links: links.slice(0, AT_ONCE).map(({ ruleId, analytic }) => ({ ruleId, analytic })) });
      if (!result.ok) return setError(result.message);
      setOpen(false);
      setReason("");
      toast(`${counted(result.data, "link")} ${state}; the next assessment counts with it`);
      onDone();
    });
  const analytics = new Set(links.map(({ analytic }) => analytic)).size;
  const rules = new Set(links.map(({ ruleId }) => ruleId)).size;
  return (
    <DialogRoot
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setError(undefined);
      }}
    >
      <DialogTrigger asChild>
        <Button disabled={links.length === 0}>
          {word} {chosen ? `${formatCount(links.length)} chosen` : `all ${formatCount(links.length)} shown`}
        </Button>
      </DialogTrigger>
      <DialogContent title={`${word} ${counted(links.length, "link")}?`} description={`${counted(rules, "rule")} and ${counted(analytics, "analytic")} are concerned. Each can be decided again later.`}>
        <form
          noValidate
          className="grid gap-3 px-4 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Field label="Reason" hint={state === "rejected" ? "kept with each link" : "may stay empty"} error={error}>
            {(parts) => <TextArea {...parts} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
          <div className="flex justify-end">
            <Button type="submit" variant="primary" disabled={pending}>
              {word} {formatCount(Math.min(links.length, AT_ONCE))}
            </Button>
          </div>
        </form>
      </DialogContent>
    </DialogRoot>
  );
}
