"use client";
import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { ReasonDialog } from "@/components/forms/reason-dialog";
import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input, TextArea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Table, Td, Th } from "@/components/ui/table";
import type { ExclusionView, PolicyView } from "@/lib/operations/get-policy-view";
import { counted } from "@/lib/shared/format-number";
import { formatIsoDay } from "@/lib/shared/format-time";
import type { PolicyActions } from "./policy-actions";

/** Cells that somebody declared not applicable: dated, owned, reasoned, at most twelve months. They leave the denominator. */
export function ExclusionsCard({ exclusions, segments, today, actions }: { exclusions: readonly ExclusionView[]; segments: PolicyView["segments"]; today: string; actions: PolicyActions }) {
  return (
    <Card id="exclusions">
      <CardHeader
        title="Exclusions"
        note={counted(exclusions.filter(({ state }) => state === "in force").length, "in force", "in force")}
        say={exclusions.length === 0 ? "No cell was taken out of the denominator by hand." : "Each takes one cell out of the denominator until its last day. A second person’s approval comes with accounts; until then nobody has approved any."}
        action={<AddExclusion segments={segments} today={today} exclude={actions.exclude} />}
      />
      {exclusions.length === 0 ? (
        <div className="h-3" />
      ) : (
        <Table label="Exclusions" stacked>
          <thead>
            <tr>
              <Th>Analytic</Th>
              <Th>Segment</Th>
              <Th>Reason</Th>
              <Th>Owner</Th>
              <Th>Approved</Th>
              <Th>Until</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {exclusions.map((row) => (
              <tr key={row.id} className={row.state === "in force" ? undefined : "text-ink-3"}>
                <Td className="font-mono whitespace-nowrap">
                  <KeptLink href={`/analytics/${row.analytic}?segment=${row.segmentId}`} className="text-accent hover:underline">
                    {row.analytic}
                  </KeptLink>
                </Td>
                <Td className="whitespace-nowrap">{row.segment}</Td>
                <Td className="min-w-56 text-pretty">
                  {row.reason}
                  {row.withdrawn === null ? null : ` Withdrawn by ${row.withdrawn.by}: ${row.withdrawn.reason}`}
                </Td>
                <Td className="whitespace-nowrap" head="Owner">{row.owner}</Td>
                <Td className="whitespace-nowrap" head="Approved">{row.approvedBy ?? "no second person"}</Td>
                <Td className="whitespace-nowrap" head="Until">
                  {formatIsoDay(row.expires)}
                  <div className={row.state === "in force" && row.daysLeft <= 14 ? "text-xs text-attn" : "text-xs text-ink-3"}>{row.state === "in force" ? `${counted(row.daysLeft, "day")} left` : row.state}</div>
                </Td>
                <Td>{row.state === "in force" ? <Withdraw row={row} withdraw={actions.withdraw} /> : null}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

const NONE = { analytic: "", reason: "", owner: "", expires: "" };

function AddExclusion({ segments, today, exclude }: { segments: PolicyView["segments"]; today: string; exclude: PolicyActions["exclude"] }) {
  const empty = { ...NONE, segment: segments[0]?.name ?? "" };
  const [form, setForm] = useState(empty);
  const put = (patch: Partial<typeof empty>) => setForm((now) => ({ ...now, ...patch }));
  return (
    <FormDialog
      trigger={<Button disabled={segments.length === 0}>Exclude a cell</Button>}
      title="Exclude a cell"
      description="It leaves the denominator of every number, and is listed as not applicable with this reason."
      fields={["analytic", "segment", "owner", "expires", "reason"]}
      word="Exclude"
      columns={2}
      submit={async () => {
        const result = await exclude(form);
        if (!result.ok) return result;
        setForm(empty);
        return { ok: true, said: `${result.data} leaves the denominator with the next assessment` };
      }}
    >
      {(errorOf) => (
        <>
          <Field label="Analytic" hint="such as AN1316" error={errorOf("analytic")}>
            {(parts) => <Input {...parts} value={form.analytic} onChange={(event) => put({ analytic: event.target.value })} />}
          </Field>
          <Field label="Segment" error={errorOf("segment")}>
            {({ id }) => <Select id={id} label="Segment" value={form.segment} onChange={(segment) => put({ segment })} options={segments.map(({ name }) => ({ value: name, label: name }))} />}
          </Field>
          <Field label="Owner" hint="who answers for it" error={errorOf("owner")}>
            {(parts) => <Input {...parts} value={form.owner} onChange={(event) => put({ owner: event.target.value })} />}
          </Field>
          <Field label="Last day" hint="at most 12 months ahead" error={errorOf("expires")}>
            {(parts) => <Input {...parts} type="date" min={today} value={form.expires} onChange={(event) => put({ expires: event.target.value })} />}
          </Field>
          <div className="sm:col-span-2">
            <Field label="Reason" error={errorOf("reason")}>
              {(parts) => <TextArea {...parts} rows={2} value={form.reason} onChange={(event) => put({ reason: event.target.value })} />}
            </Field>
          </div>
        </>
      )}
    </FormDialog>
  );
}

function Withdraw({ row, withdraw }: { row: ExclusionView; withdraw: PolicyActions["withdraw"] }) {
  return (
    <ReasonDialog
      trigger={
        <Button variant="ghost" aria-label={`Withdraw the exclusion of ${row.analytic} in ${row.segment}`}>
          Withdraw
        </Button>
      }
      title="Withdraw the exclusion"
      description={`${row.analytic} in ${row.segment} counts again from the next assessment on. The exclusion stays in this list.`}
      word="Withdraw"
      submit={async (reason) => {
        const result = await withdraw(row.id, reason);
        return result.ok ? { ok: true, said: `${row.analytic} counts again with the next assessment` } : result;
      }}
    />
  );
}
