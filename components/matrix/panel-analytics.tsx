"use client";
import { KeptLink } from "@/components/layout/kept-link";
import { FlagWords } from "@/components/status/status-word";
import { StatusGlyph } from "@/components/status/status-glyph";
import type { Status } from "@/lib/assessment/status";
import type { TechniqueAnalytic, TechniqueLine } from "@/lib/reports/matrix-technique-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { spellTimes } from "@/lib/shared/format-time";

const LOOK: Readonly<Record<TechniqueLine["state"], Status>> = { proven: "observed", claimed: "declared", missing: "blind" };
const FIRST = 3; // opened at once

/** The analytics of a technique, each with its requirements where it weighs most. */
export function PanelAnalytics({ analytics, fleet }: { analytics: readonly TechniqueAnalytic[]; fleet: boolean }) {
  return (
    <ul className="flex flex-col">
      {analytics.map((analytic, index) => (
        <li key={analytic.id} className="border-t py-1.5">
          <details open={index < FIRST}>
            <summary className="flex cursor-pointer items-center gap-2">
              <StatusGlyph status={analytic.status} flags={analytic.flags} size={18} />
              <span className="font-mono">{analytic.id}</span>
              <span className="min-w-0 flex-1 truncate text-xs text-ink-2" title={analytic.platforms.join(", ")}>
                {analytic.platforms.join(", ")}
              </span>
              <span className="text-xs whitespace-nowrap text-ink-3">{fleet ? `${formatCount(analytic.k)} of ${counted(analytic.n, "segment")}` : analytic.technique}</span>
            </summary>
            <div className="mt-1 pl-[26px]">
              {fleet && analytic.segment ? <p className="text-xs text-ink-3">in {analytic.segment.name}, where most is open</p> : null}
              {analytic.lines.map((line, place) => (
                <div key={place} className="grid grid-cols-[18px_minmax(0,1fr)_auto] items-start gap-x-2 py-1 text-xs leading-4">
                  <StatusGlyph status={LOOK[line.state]} size={16} className="mt-px" silent />
                  <span className="min-w-0">
                    <span className="block truncate font-medium" title={line.component}>
                      {line.component}
                    </span>
                    <span className="block truncate text-ink-3" title={line.source}>
                      {line.source}
                    </span>
                    {line.why === "" ? null : <span className="block text-pretty text-ink-2">{spellTimes(line.why)}</span>}
                  </span>
                  <span className="text-right whitespace-nowrap">
                    {formatCount(line.hosts)}
                    <span className="text-ink-3">/{formatCount(line.of)}</span>
                    <span className="block text-ink-3">{line.state === "proven" ? (line.met === "equivalent" ? "equivalent" : "as cited") : line.state}</span>
                  </span>
                </div>
              ))}
              {analytic.joins.map(({ edge, because }) => (
                <p key={edge} className="py-0.5 text-xs text-pretty text-attn">
                  {edge}: {because}
                </p>
              ))}
              <div className="flex flex-wrap items-center gap-x-2">
                <FlagWords flags={analytic.flags} />
                <KeptLink href={`/analytics/${analytic.id}${analytic.segment ? `?segment=${encodeURIComponent(analytic.segment.id)}` : ""}`} className="text-xs text-accent hover:underline">
                  Open {analytic.id}
                </KeptLink>
              </div>
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
