import { Check, Minus, TriangleAlert } from "lucide-react";
import { KeptLink } from "@/components/layout/kept-link";
import { classNames } from "@/components/ui/class-names";
import type { ChainEdge } from "@/lib/reports/analytic-pack";
import { formatCount } from "@/lib/shared/format-number";
import { spellTimes } from "@/lib/shared/format-time";
import { edgeWords, STATE_WORDS } from "./edge-words";

const ICONS = { joined: Check, "not-joined": TriangleAlert, "not-computed": Minus } as const;

/** Every edge in words: what it asks, whether it holds here, and the two records that show it, or why not. */
export function EdgeList({ edges, label, className }: { edges: readonly ChainEdge[]; label: string; className?: string }) {
  if (edges.length === 0) return null;
  return (
    <ul aria-label={label} className={classNames("text-xs", className)}>
      {edges.map((edge) => {
        const Icon = ICONS[edge.state];
        return (
          <li key={edge.id} className="flex gap-2 border-t py-1.5" title={edge.because}>
            <Icon size={14} aria-hidden className={classNames("mt-0.5 shrink-0", edge.state === "joined" ? "text-ink-2" : "text-attn")} />
            <span className="min-w-0 [overflow-wrap:anywhere] text-ink-2">
              Stage {edge.from + 1} to stage {edge.to + 1}, by {edgeWords(edge)}: <strong className={edge.state === "joined" ? "text-ink" : "text-attn"}>{STATE_WORDS[edge.state]}</strong>
              {edge.witness === null ? "" : `, as ${spellTimes(edge.witness)} show`}
              {edge.why === null ? "" : `: ${spellTimes(edge.why)}`}.{" "}
              {edge.records.map(({ dataset, record }) => (
                <KeptLink key={`${dataset} ${record}`} href={`/imports/events/${dataset}/records/${record}`} className="mr-2 whitespace-nowrap text-accent underline">
                  Open record {formatCount(record)}
                </KeptLink>
              ))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
