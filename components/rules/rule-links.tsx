"use client";
import { Check, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Table, Td, Th } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { RuleAnalytic } from "@/lib/operations/get-rule";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatIsoDay } from "@/lib/shared/format-time";

type Result = { readonly ok: true; readonly data: number } | { readonly ok: false; readonly message: string; readonly place: { readonly field?: string } };

export interface LinkActions {
  readonly decide: (request: { readonly state: "accepted" | "rejected"; readonly links: readonly { readonly ruleId: string; readonly analytic: string }[]; readonly reason: string }) => Promise<Result>;
  readonly add: (request: { readonly rule: string; readonly analytic: string; readonly reason: string }) => Promise<Result>;
}

/** The analytics that a rule serves or might: each is accepted or rejected here, others are added by hand. */
export function RuleLinks({ ruleId, links, actions }: { ruleId: string; links: readonly RuleAnalytic[]; actions: LinkActions }) {
  const [reason, setReason] = useState("");
  const [analytic, setAnalytic] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);
  const [pending, start] = useTransition();
  const router = useRouter();
  const finish = (result: Result, said: string): void => {
    if (!result.ok) return setError(result.message);
    setError(undefined);
    toast(said);
    router.refresh();
  };
  const decide = (state: "accepted" | "rejected", ids: readonly string[]) =>
    start(async () => finish(await actions.decide({ state, links: ids.map((id) => ({ ruleId, analytic: id })), reason }), `${counted(ids.length, "link")} ${state}; the next assessment counts with it`));
  const add = () =>
    start(async () => {
      const result = await actions.add({ rule: ruleId, analytic, reason });
      if (result.ok) setAnalytic("");
      finish(result, "Linked; the next assessment counts with it");
    });
  const accepted = links.filter(({ state }) => state === "accepted").length;
  const proposed = links.filter(({ state }) => state === "proposed");
  return (
    <Card>
      <CardHeader
        title="Analytics it serves"
        note={`${formatCount(accepted)} accepted, ${formatCount(proposed.length)} proposed`}
        action={
          proposed.length > 1 ? (
            <Button disabled={pending} onClick={() => decide("accepted", proposed.map((link) => link.analytic))}>
              Accept {formatCount(proposed.length)} proposed
            </Button>
          ) : undefined
        }
      />
      <div className="pt-2">
        {links.length === 0 ? (
          <p className="px-3 pb-2 text-ink-2 md:px-4">No technique tag leads to an analytic on its platform. Link it by hand where it serves one.</p>
        ) : (
          <Table label="Analytics it serves" stacked>
            <thead>
              <tr>
                <Th>Analytic</Th>
                <Th>Technique and platform</Th>
                <Th>State</Th>
                <Th>Because</Th>
                <Th>Decision</Th>
              </tr>
            </thead>
            <tbody>
              {links.map((link) => (
                <tr key={link.analytic}>
                  <Td className="font-mono">
                    <KeptLink href={`/analytics/${link.analytic}?tab=rules`} className="hover:underline">
                      {link.analytic}
                    </KeptLink>
                  </Td>
                  <Td>
                    {link.technique === null ? "in no current catalogue" : `${link.technique.id} ${link.technique.name}`} <span className="text-ink-3">{link.platform}</span>
                  </Td>
                  <Td head="State" className="whitespace-nowrap">{link.state}</Td>
                  <Td head="Because" className="text-ink-2">
                    {link.because}
                    {link.decidedBy === null ? null : (
                      <span className="block text-xs text-ink-3">
                        {link.state} by {link.decidedBy} on {formatIsoDay(link.decidedAt ?? "")}
                        {link.reason === "" ? "" : `: ${link.reason}`}
                      </span>
                    )}
                  </Td>
                  <Td className="whitespace-nowrap">
                    {link.state === "accepted" ? null : (
                      <Button variant="ghost" disabled={pending} aria-label={`Accept ${link.analytic}`} onClick={() => decide("accepted", [link.analytic])}>
                        <Check size={14} aria-hidden />
                        Accept
                      </Button>
                    )}
                    {link.state === "rejected" ? null : (
                      <Button variant="ghost" disabled={pending} aria-label={`Reject ${link.analytic}`} onClick={() => decide("rejected", [link.analytic])}>
                        <X size={14} aria-hidden />
                        Reject
                      </Button>
                    )}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </div>
      <form
        noValidate
        className="flex flex-wrap items-end gap-2 border-t px-3 py-3 md:px-4"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Field label="Reason of the decision" hint="a rejection needs one">
          {(parts) => <Input {...parts} value={reason} onChange={(event) => setReason(event.target.value)} className="w-72 max-w-full" />}
        </Field>
        <Field label="Analytic" hint="to link by hand">
          {(parts) => <Input {...parts} value={analytic} placeholder="AN0749" onChange={(event) => setAnalytic(event.target.value)} className="w-28" />}
        </Field>
        <Button type="submit" disabled={pending || analytic.trim() === ""} className="mb-5">
          Link by hand
        </Button>
        {error === undefined ? null : (
          <p role="alert" className="basis-full text-xs font-medium text-attn">
            {error}
          </p>
        )}
      </form>
    </Card>
  );
}
