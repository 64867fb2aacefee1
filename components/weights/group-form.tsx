"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DialogActions } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, TextArea } from "@/components/ui/input";
import type { GroupChoice } from "@/lib/reports/weights-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import type { HandIn, ProfileActions } from "./new-profile";

/** Chooses threat groups and how fast their uses fade. */
export function GroupForm({ groups, today, set, handIn, pending }: { groups: readonly GroupChoice[]; today: string; set: ProfileActions["set"]; handIn: HandIn; pending: boolean }) {
  const [fields, setFields] = useState({ name: "", asOf: today, fullDays: "365", declineDays: "1460", reason: "" });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState("");
  const [refused, setRefused] = useState<{ readonly message: string; readonly field: string | undefined } | null>(null);
  if (groups.length === 0) return <p className="px-4 py-4 text-ink-2">The current catalogue holds no threat group: the starter catalogue and detection-only bundles have none. Import MITRE&apos;s full bundle; one that an earlier version read, again with --replace.</p>;
  const errorOf = (field: string): string | undefined => (refused?.field === field ? refused.message : undefined);
  const words = filter.trim().toLowerCase();
  const listed = groups.filter((group) => chosen.has(group.id) || [group.id, group.name, ...group.aliases].some((word) => word.toLowerCase().includes(words)));
  const toggle = (id: string, on: boolean) => setChosen((before) => new Set(on ? [...before, id] : [...before].filter((other) => other !== id)));
  const text = (field: keyof typeof fields) => ({ value: fields[field], onChange: (event: { target: { value: string } }) => setFields({ ...fields, [field]: event.target.value }) });
  return (
    <form
      noValidate
      className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 py-4"
      onSubmit={(event) => {
        event.preventDefault();
        handIn(() => set({ ...fields, groups: [...chosen] }), (message, field) => setRefused({ message, field }));
      }}
    >
      <Field label="Name of the profile" hint="an existing name gets its next version" error={errorOf("name")}>
        {(parts) => <Input {...parts} {...text("name")} />}
      </Field>
      <Field label={`Threat groups, ${counted(chosen.size, "chosen", "chosen")} of ${formatCount(groups.length)}`} error={errorOf("groups")}>
        {(parts) => <Input {...parts} value={filter} placeholder="Filter by name, alias or id" onChange={(event) => setFilter(event.target.value)} />}
      </Field>
      <ul className="max-h-44 overflow-y-auto rounded-md border" aria-label="Threat groups">
        {listed.slice(0, 200).map((group) => (
          <li key={group.id}>
            <label className="flex items-center gap-2 px-2 py-1 hover:bg-hover">
              <input type="checkbox" className="size-3.5 accent-(--accent)" checked={chosen.has(group.id)} onChange={(event) => toggle(group.id, event.target.checked)} />
              <span className="font-mono text-xs">{group.id}</span>
              <span className="truncate font-medium" title={group.aliases.join(", ")}>
                {group.name}
              </span>
              <span className="ml-auto text-xs whitespace-nowrap text-ink-3">
                {counted(group.techniques, "technique")}, newest {group.newest ?? "unknown"}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <div className="grid gap-3 sm:grid-cols-3">
        <Field label="Uses age from" error={errorOf("asOf")}>
          {(parts) => <Input {...parts} {...text("asOf")} placeholder="2026-11-21" />}
        </Field>
        <Field label="Whole for, days" error={errorOf("fullDays")}>
          {(parts) => <Input {...parts} {...text("fullDays")} inputMode="numeric" />}
        </Field>
        <Field label="Then fading over, days" error={errorOf("declineDays")}>
          {(parts) => <Input {...parts} {...text("declineDays")} inputMode="numeric" />}
        </Field>
      </div>
      <Field label="Reason" error={refused !== null && !["name", "groups", "asOf", "fullDays", "declineDays"].includes(refused.field ?? "") ? refused.message : undefined}>
        {(parts) => <TextArea {...parts} rows={2} {...text("reason")} />}
      </Field>
      <DialogActions>
        <Button type="submit" variant="primary" disabled={pending || chosen.size === 0}>
          Write the profile
        </Button>
      </DialogActions>
    </form>
  );
}
