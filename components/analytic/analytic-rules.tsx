"use client";
import { Check, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { RuleAttribution } from "@/components/rules/rule-attribution";
import type { LinkActions } from "@/components/rules/rule-links";
import { STATE_WORDS } from "@/components/rules/rule-words";
import { Button } from "@/components/ui/button";
import { Pill } from "@/components/ui/chip";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Table, Td, Th } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { AnalyticRule } from "@/lib/reports/analytic-rules";
import { counted, formatCount } from "@/lib/shared/format-number";

/** The rules that serve an analytic or might, each with its author; decided here, one by one or all that are proposed. */
export function AnalyticRules({ analytic, rules, decide }: { analytic: string; rules: readonly AnalyticRule[]; decide: LinkActions["decide"] }) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);
  const [pending, start] = useTransition();
  const router = useRouter();
  const submit = (state: "accepted" | "rejected", ids: readonly string[]) =>
    start(async () => {
      const result = await decide({ state, reason, links: ids.map((ruleId) => ({ ruleId, analytic })) });
      if (!result.ok) return setError(result.message);
      setError(undefined);
      toast(`${counted(ids.length, "link")} ${state}; the next assessment counts with it`);
      router.refresh();
    });
  const proposed = rules.filter(({ link }) => link.state === "proposed");
  if (rules.length === 0) {
    return (
      <p className="px-4 text-ink-2">
        No rule serves this analytic, and no technique tag proposes one.{" "}
        <KeptLink href="/imports/rules" className="text-accent underline">
          Import Sigma rules
        </KeptLink>
      </p>
    );
  }
  return (
    <>
      {proposed.length === 0 ? null : (
        <div className="flex flex-wrap items-end gap-2 px-4 pb-2">
          <Field label="Reason of the decision" hint="a rejection needs one" error={error}>
            {(parts) => <Input {...parts} value={reason} onChange={(event) => setReason(event.target.value)} className="w-72 max-w-full" />}
          </Field>
          {proposed.length > 1 ? (
            <Button disabled={pending} className="mb-5" onClick={() => submit("accepted", proposed.map(({ id }) => id))}>
              Accept {formatCount(proposed.length)} proposed
            </Button>
          ) : null}
        </div>
      )}
      <Table label="Rules of this analytic">
        <thead>
          <tr>
            <Th>Rule</Th>
            <Th>Link</Th>
            <Th>Could fire in</Th>
            <Th>Level</Th>
            <Th>
              <span className="sr-only">Decision</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.id}>
              <Td>
                <KeptLink href={`/rules/${rule.id}`} className="font-medium hover:underline">
                  {rule.title}
                </KeptLink>{" "}
                {rule.kind === "correlation" ? <Pill>correlation</Pill> : null} {rule.state === "evaluated" ? null : <span className="font-medium text-attn">{STATE_WORDS[rule.state]}</span>}
                <span className="block">
                  <RuleAttribution rule={rule} /> <span className="text-xs text-ink-3">· {rule.source}</span>
                </span>
                {rule.refusal === null ? null : <span className="block text-xs text-attn">{rule.refusal}</span>}
              </Td>
              <Td>
                {rule.link.state} <span className="block text-xs text-ink-3">{rule.link.because}</span>
              </Td>
              <Td>
                <Fires fires={rule.fires} />
              </Td>
              <Td className="text-ink-2">{rule.level ?? "–"}</Td>
              <Td className="whitespace-nowrap">
                {rule.link.state === "accepted" ? null : (
                  <Button variant="ghost" disabled={pending} aria-label={`Accept ${rule.title}`} onClick={() => submit("accepted", [rule.id])}>
                    <Check size={14} aria-hidden />
                    Accept
                  </Button>
                )}
                {rule.link.state === "proposed" ? (
                  <Button variant="ghost" disabled={pending} aria-label={`Reject ${rule.title}`} onClick={() => submit("rejected", [rule.id])}>
                    <X size={14} aria-hidden />
                    Reject
                  </Button>
                ) : null}
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

function Fires({ fires }: { fires: AnalyticRule["fires"] }) {
  if (fires === null) return <span className="text-ink-3">not checked</span>;
  const [first] = fires.worst;
  return (
    <>
      {formatCount(fires.segments)} of {counted(fires.of, "segment")}
      {first === undefined ? null : (
        <span className="block text-xs text-ink-3" title={fires.worst.map(({ segment, state }) => `${segment}: ${state}`).join("\n")}>
          {first.segment}: {first.state}
          {fires.worst.length > 1 ? `, and ${formatCount(fires.worst.length - 1)} more` : ""}
        </span>
      )}
    </>
  );
}
