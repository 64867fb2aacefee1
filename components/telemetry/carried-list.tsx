import { Check, Minus } from "lucide-react";
import { KeptLink } from "@/components/layout/kept-link";
import type { CarriedComponent } from "@/lib/reports/telemetry-record-view";
import { counted, formatCount } from "@/lib/shared/format-number";

const SHOWN = 24;

/** The components of a record: filled, missing, and the analytics that a record such as this serves. */
export function CarriedList({ components }: { components: readonly CarriedComponent[] }) {
  return (
    <ul className="mt-2 text-xs">
      {components.map((component) => (
        <li key={component.id} className="grid gap-x-4 gap-y-1 border-t px-3 py-2 md:grid-cols-[200px_minmax(0,1fr)_minmax(0,1.2fr)] md:px-4">
          <span className="font-medium">
            {component.name} <code className="font-normal text-ink-3">{component.id}</code>
          </span>
          <span>
            {component.another === null ? null : <span className="block text-attn">about {component.another}, which is another class of object: it counts neither way</span>}
            <span className={`inline-flex items-start gap-1 ${component.missing.length === 0 ? "" : "text-attn"}`}>
              {component.missing.length === 0 ? <Check size={13} className="mt-0.5 shrink-0" aria-hidden /> : <Minus size={13} className="mt-0.5 shrink-0" aria-hidden />}
              {component.missing.length === 0 ? "fills all that a proof needs" : `lacks ${component.missing.join(", ")}`}
            </span>
            {component.filled.length > 0 ? <span className="block [overflow-wrap:anywhere] text-ink-3">filled: {component.filled.join(", ")}</span> : null}
          </span>
          <span className="text-ink-2">
            {component.analytics.length === 0 ? (
              "serves no analytic of the newest assessment here"
            ) : (
              <>
                serves {counted(component.analytics.length, "analytic")}:{" "}
                {component.analytics.slice(0, SHOWN).map(({ id, met }, index) => (
                  <span key={id}>
                    {index > 0 ? ", " : ""}
                    <KeptLink href={`/analytics/${id}`} className="font-mono text-accent hover:underline" title={met === "as-cited" ? "as its log source is cited" : "as an equivalent"}>
                      {id}
                    </KeptLink>
                  </span>
                ))}
                {component.analytics.length > SHOWN ? ` and ${formatCount(component.analytics.length - SHOWN)} more` : ""}
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
