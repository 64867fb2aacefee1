import { KeptLink } from "@/components/layout/kept-link";
import { classNames } from "@/components/ui/class-names";
import { ALERT_ORDER, KIND_WORD } from "./alert-words";
import type { AlertRow } from "@/lib/alerts/alert-rows";
import type { AlertChoice } from "@/lib/alerts/chosen-alerts";

/** The kinds of alerts that stand open, with how many of each; each choice is a link. */
export function AlertFilter({ open, choice }: { open: readonly AlertRow[]; choice: AlertChoice }) {
  const here = open.filter(({ alert }) => choice.segment === null || alert.segmentId === choice.segment);
  const shown = ALERT_ORDER.filter((kind) => choice.kinds.includes(kind) || here.some(({ alert }) => alert.kind === kind));
  if (shown.length < 2 && choice.kinds.length === 0) return null;
  const hrefOf = (kinds: readonly string[]): string => (kinds.length === 0 ? "/alerts" : `/alerts?${new URLSearchParams({ kind: kinds.join(",") })}`);
  return (
    <nav aria-label="Kinds of alerts" className="flex flex-wrap items-center gap-2">
      {shown.map((kind) => {
        const on = choice.kinds.includes(kind);
        return (
          <KeptLink
            key={kind}
            href={hrefOf(on ? choice.kinds.filter((other) => other !== kind) : [...choice.kinds, kind])}
            aria-current={on ? "true" : undefined}
            className={classNames("inline-flex h-6 items-center gap-1.5 rounded-full border px-2.5 text-xs", on ? "border-transparent bg-accent-soft font-medium text-accent" : "border-line-2 bg-surface text-ink-2 hover:bg-hover")}
          >
            {KIND_WORD[kind]} <span className={on ? undefined : "text-ink-3"}>{here.filter(({ alert }) => alert.kind === kind).length}</span>
          </KeptLink>
        );
      })}
      {choice.kinds.length > 0 ? (
        <KeptLink href="/alerts" className="inline-flex h-6 items-center px-1 text-xs text-accent hover:underline">
          every kind
        </KeptLink>
      ) : null}
    </nav>
  );
}
