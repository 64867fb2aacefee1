import { Download } from "lucide-react";
import { RuleChecks } from "@/components/check/rule-checks";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Table, Td, Th } from "@/components/ui/table";
import type { RuleDetail } from "@/lib/operations/get-rule";
import type { RuleQueryView } from "@/lib/reports/rule-query";
import type { RuleCheckView } from "@/lib/reports/rule-check-view";
import { formatCount } from "@/lib/shared/format-number";
import { formatIsoDay } from "@/lib/shared/format-time";
import { documentLines } from "./document-lines";
import { RuleLinks, type LinkActions } from "./rule-links";
import { RuleQueries } from "./rule-queries";

/** One rule: whose it is, whether it is evaluated, which analytics it serves, its text, its queries, and how it came here. */
export function RulePage({ detail, queries, checks, actions }: { detail: RuleDetail; queries: RuleQueryView; checks: RuleCheckView | null; actions: LinkActions }) {
  const { rule, text, links, imports } = detail;
  const own = documentLines(text, rule.position);
  const marks = rule.refusal === null || rule.refusal.line === null ? [] : [{ line: rule.refusal.line, label: "refused here", tone: "attn" as const }];
  return (
    <PageBody>
      <PageHeader
        crumb={rule.title}
        title={rule.title}
        say={
          <>
            by <strong>{rule.author ?? "an author who is not stated"}</strong>, {rule.license ?? "licence not stated"}
          </>
        }
        actions={
          <>
            <Button asChild>
              <KeptLink href={`/bench?rule=${rule.id}`}>Try on the bench</KeptLink>
            </Button>
            <Button asChild>
              <a href={`/api/rules/${rule.id}/sigma`} download>
                <Download size={14} aria-hidden />
                Sigma file
              </a>
            </Button>
          </>
        }
      />
      <StateOfRule detail={detail} />
      <RuleLinks ruleId={rule.id} links={links} actions={actions} />
      {rule.kind === "filter" ? null : <RuleChecks view={checks} />}
      <div className="grid gap-3 xl:grid-cols-[minmax(0,1fr)_400px]">
        <div className="flex min-w-0 flex-col gap-3">
          <Card>
            <CardHeader title="Sigma" note={<span className="[overflow-wrap:anywhere]">{`${rule.path}${detail.documents > 1 ? `, document ${formatCount(rule.position + 1)} of ${formatCount(detail.documents)}` : ""}`}</span>} action={<CopyButton text={text} />} />
            <div className="p-3 md:px-4">
              <CodeBlock label="Sigma text" text={own.text} first={own.first} marks={marks} />
              {detail.documents === 1 ? null : (
                <details className="pt-2">
                  <summary className="cursor-pointer text-ink-2 hover:text-ink">The whole file, {formatCount(detail.documents)} documents</summary>
                  <CodeBlock label="Whole file" text={text} marks={marks} className="mt-2" />
                </details>
              )}
            </div>
          </Card>
          <Card>
            <CardHeader title="As a query" say="What a language cannot say refuses the rule; nothing is left out." />
            <div className="p-3 md:px-4">
              <RuleQueries view={queries} />
            </div>
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <RuleFacts detail={detail} />
          <Card>
            <CardHeader title="Imports of its source" note={rule.source} />
            <div className="pt-2">
              <Table label="Imports of its source">
                <thead>
                  <tr>
                    <Th>When</Th>
                    <Th number>New</Th>
                    <Th number>Changed</Th>
                    <Th number>Removed</Th>
                    <Th number>Refused</Th>
                  </tr>
                </thead>
                <tbody>
                  {imports.slice(0, 10).map(({ id, at, counts, fileName, actor }) => (
                    <tr key={id} title={`${fileName}, by ${actor}`}>
                      <Td className="whitespace-nowrap">{formatIsoDay(at)}</Td>
                      <Td number>{formatCount(counts.new)}</Td>
                      <Td number>{formatCount(counts.changed)}</Td>
                      <Td number>{formatCount(counts.removed)}</Td>
                      <Td number>{formatCount(counts.refused)}</Td>
                    </tr>
                  ))}
                </tbody>
              </Table>
            </div>
          </Card>
        </div>
      </div>
    </PageBody>
  );
}

/** Says only what keeps a rule from being evaluated, or what its reader remarked. */
function StateOfRule({ detail: { rule } }: { detail: RuleDetail }) {
  const removed = rule.state === "removed";
  if (rule.refusal === null && !removed && (rule.placeholders.length === 0 || rule.sourceKind === "pack") && rule.warnings.length === 0) return null;
  return (
    <Card className="flex flex-col gap-1 px-4 py-3">
      {removed ? <p className="text-attn">Its source holds this rule no more, since {formatIsoDay(rule.changedAt)}: it is not evaluated. Its links and history stay.</p> : null}
      {rule.refusal === null ? null : (
        <p className="text-attn">
          <strong>Refused</strong>
          {rule.refusal.line === null ? "" : ` at line ${rule.refusal.line}, column ${rule.refusal.column ?? 1}`}: {rule.refusal.message} <span className="text-ink-2">{rule.refusal.remedy}</span>
        </p>
      )}
      {rule.placeholders.length === 0 || rule.sourceKind === "pack" ? null : <p>It needs values for {rule.placeholders.map((name) => `%${name}%`).join(", ")}. Each segment gives its own; where one is missing the rule is refused there by name.</p>}
      {rule.warnings.map((warning) => (
        <p key={warning} className="text-ink-2">
          {warning}
        </p>
      ))}
    </Card>
  );
}

function RuleFacts({ detail: { rule } }: { detail: RuleDetail }) {
  const facts: readonly (readonly [string, string | null])[] = [
    ["Level", rule.level],
    ["Status", rule.status],
    ["Kind", rule.kind],
    ["Product", rule.product],
    ["Category", rule.category],
    ["Service", rule.service],
    ["Sigma id", rule.sigmaId],
    ["Written", rule.date === null ? null : formatIsoDay(rule.date)],
    ["Modified", rule.modified],
    ["Fields it asks for", rule.fields.join(", ")],
    ["False positives", rule.falsePositives.join("; ")],
    ["First seen here", formatIsoDay(rule.firstSeenAt)],
    ["Changed here", formatIsoDay(rule.changedAt)],
  ];
  return (
    <Card>
      <CardHeader title="About the rule" />
      {rule.description === null ? null : <p className="px-3 pt-1 text-ink-2 md:px-4">{rule.description}</p>}
      <dl className="grid grid-cols-[120px_minmax(0,1fr)] gap-x-3 gap-y-1 px-3 py-3 md:px-4">
        {facts.map(([name, value]) =>
          value === null || value === "" ? null : (
            <div key={name} className="contents">
              <dt className="text-ink-3">{name}</dt>
              <dd className="[overflow-wrap:anywhere]">{value}</dd>
            </div>
          ),
        )}
      </dl>
      {rule.tags.length > 0 ? (
        <div className="flex flex-wrap gap-1 px-3 pb-3 md:px-4">
          {rule.tags.map((tag) => (
            <Pill key={tag}>{tag}</Pill>
          ))}
        </div>
      ) : null}
      {rule.references.length > 0 ? (
        <ul className="border-t px-3 py-3 text-xs md:px-4" aria-label="References">
          {rule.references.map((reference) => (
            <li key={reference} className="[overflow-wrap:anywhere]">
              {/^https:\/\//.test(reference) ? (
                <a href={reference} rel="noreferrer" target="_blank" className="text-accent hover:underline">
                  {reference}
                </a>
              ) : (
                reference
              )}
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
