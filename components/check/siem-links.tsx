"use client";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { LinkedSiemRule } from "@/lib/operations/link-siem-rule";
import type { DeployedLine, PackedDeployed } from "@/lib/reports/deployed-view";
import { unpackDeployed } from "./unpack-deployed";

type Answer = { readonly ok: true; readonly data: LinkedSiemRule } | { readonly ok: false; readonly message: string; readonly field?: string | undefined };
export type LinkSiemAction = (listed: string, rule: string | null) => Promise<Answer>;

/** Says by hand which of our rules a SIEM's rule is, and undoes it. Lists name rules by their titles, with the SIEM in front where it is one of its. */
export function SiemLinks({ packed, link }: { packed: PackedDeployed; link: LinkSiemAction }) {
  const lines = useMemo(() => unpackDeployed(packed), [packed]);
  const router = useRouter();
  const [listed, setListed] = useState("");
  const [rule, setRule] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<{ readonly message: string; readonly field?: string | undefined } | null>(null);
  const [done, setDone] = useState("");
  const there = lines.filter(({ deployment }) => deployment !== "ours-only");
  const titles = [...new Set(lines.flatMap(({ ruleId, title }) => (ruleId === null ? [] : [title])))].sort();
  const byHand = there.filter(({ matchedBy }) => matchedBy === "hand");
  const send = async (id: string, wanted: string | null) => {
    setBusy(true);
    const answer = await link(id, wanted);
    setError(answer.ok ? null : answer);
    setDone(answer.ok ? (wanted === null ? `"${answer.data.name}" is no longer linked by hand.` : `"${answer.data.name}" is ours by hand now.`) : "");
    if (answer.ok) {
      setListed("");
      setRule("");
      router.refresh();
    }
    setBusy(false);
  };
  const chosen = there.find((line) => nameOf(line) === listed);
  if (there.length === 0) return null;
  return (
    <DialogRoot>
      <DialogTrigger asChild>
        <Button>Link by hand{byHand.length === 0 ? "" : ` (${byHand.length} linked)`}</Button>
      </DialogTrigger>
      <DialogContent title="Link a SIEM’s rule to one of ours" description="Where neither a Sigma id nor the title says which of our rules it is. What is decided here outlives every later list.">
        <form
          className="flex flex-col gap-3 p-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (chosen !== undefined) void send(chosen.id, rule);
          }}
        >
          <Field label="Rule of the SIEM" error={error?.field === "listed" ? error.message : undefined}>
            {(parts) => <Input {...parts} list="siem-listed" value={listed} onChange={(event) => setListed(event.target.value)} required />}
          </Field>
          <datalist id="siem-listed">
            {there.map((line) => (
              <option key={line.id} value={nameOf(line)} />
            ))}
          </datalist>
          <Field label="Our rule" hint="Its title, its Sigma id or our id." error={error !== null && error.field !== "listed" ? error.message : undefined}>
            {(parts) => <Input {...parts} list="siem-ours" value={rule} onChange={(event) => setRule(event.target.value)} required />}
          </Field>
          <datalist id="siem-ours">
            {titles.map((title) => (
              <option key={title} value={title} />
            ))}
          </datalist>
          <div className="flex flex-wrap items-center justify-end gap-3">
            <span role="status" className="text-xs text-ink-2">
              {done}
            </span>
            <Button type="submit" variant="primary" disabled={busy || chosen === undefined || rule.trim() === ""}>
              Link
            </Button>
          </div>
        </form>
        {byHand.length === 0 ? null : (
          <ul aria-label="Linked by hand" className="flex flex-col gap-1.5 border-t px-4 py-3">
            {byHand.map((line) => (
              <li key={line.id} className="flex items-center gap-2">
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  {nameOf(line)} <span className="text-ink-3">is</span> {line.title}
                </span>
                <Button className="ml-auto" disabled={busy} aria-label={`Undo the link of ${line.name}`} onClick={() => void send(line.id, null)}>
                  Undo
                </Button>
              </li>
            ))}
          </ul>
        )}
      </DialogContent>
    </DialogRoot>
  );
}

function nameOf({ system, name }: DeployedLine): string {
  return `${system}: ${name}`;
}
