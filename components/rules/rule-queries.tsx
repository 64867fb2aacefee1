"use client";
import { Download } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { classNames } from "@/components/ui/class-names";
import type { RuleQueryView } from "@/lib/reports/rule-query";
import { QueryValues } from "./query-values";

/** The rule in each query language, or why that language cannot say it, with the values and names that stand in them. */
export function RuleQueries({ view }: { view: RuleQueryView }) {
  const { rule: ruleId, queries, mappings, names } = view;
  const [target, setTarget] = useQueryState("query", parseAsString.withOptions({ history: "replace", shallow: true }));
  const asked = useSearchParams();
  const shown = queries.find(({ id }) => id === target) ?? queries[0];
  if (shown === undefined) return null;
  const chosen = new URLSearchParams(["segment", "for", "names"].flatMap((name) => (asked.get(name) === null ? [] : [[name, asked.get(name) ?? ""]]))).toString();
  return (
    <div className="flex flex-col gap-2.5">
      <QueryValues view={view} />
      {mappings.length === 0 ? null : (
        <p className="text-xs text-ink-2">
          {names === "imported" ? `Columns as the imported mapping of ${mappings.map(({ scope, version }) => `${scope}, version ${version},`).join(" and of ")} names them. ` : "Columns by the platform's usual names. "}
          <KeptLink href={`/rules/${ruleId}?${names === "imported" ? "names=usual&" : ""}query=${shown.id}`} className="text-accent hover:underline">
            {names === "imported" ? "Take the usual names" : "Take the imported names"}
          </KeptLink>
        </p>
      )}
      <div role="group" aria-label="Query languages" className="flex flex-wrap gap-1">
        {queries.map((one) => (
          <button
            key={one.id}
            type="button"
            aria-pressed={one.id === shown.id}
            onClick={() => void setTarget(one.id)}
            className={classNames("h-[26px] rounded-md border border-line-2 px-2 text-ink-2 hover:bg-hover", one.id === shown.id && "bg-surface-3 font-medium text-ink")}
          >
            {one.label}
            {one.query === null ? <span className="text-xs text-attn"> refused</span> : null}
          </button>
        ))}
      </div>
      {shown.query === null ? (
        <p className="text-attn">{shown.refused}</p>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-2">
            <span className="text-xs text-ink-2">
              asks <code className="[overflow-wrap:anywhere]">{shown.from}</code>
            </span>
            <CopyButton text={shown.query} className="ml-auto" />
            <Button asChild>
              <a href={`/api/rules/${ruleId}/queries/${shown.id}${chosen === "" ? "" : `?${chosen}`}`} download>
                <Download size={14} aria-hidden />
                {shown.fileName}
              </a>
            </Button>
          </div>
          <CodeBlock label={`${shown.label} query`} text={shown.query} />
          {shown.notes.length > 0 ? (
            <ul className="list-disc pl-5 text-xs text-ink-2">
              {shown.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          ) : null}
        </>
      )}
    </div>
  );
}
