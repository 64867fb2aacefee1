import { classNames } from "@/components/ui/class-names";
import type { CandidateKind } from "@/lib/reports/resolution-view";

/** The fields that records of these kinds must fill to prove the component. short: in a dialog, where a long list scrolls. */
export function RequiredFields({ kinds, short = false }: { kinds: readonly CandidateKind[]; short?: boolean }) {
  if (kinds.length === 0) return null;
  return (
    <div className="text-xs text-ink-2">
      <h3 className="text-xs font-medium">Fields that a record must fill</h3>
      <ul className={classNames("mt-1 grid gap-1", short && "max-h-36 overflow-auto")} {...(short ? { tabIndex: 0 } : {})} aria-label="Required fields per record kind">
        {kinds.map(({ kind, required, anyOf, notCarried }) => (
          <li key={kind} className="[overflow-wrap:anywhere]">
            <code className="text-ink">{kind}</code>: {[...required, ...anyOf.map((group) => `one of ${group.join(" or ")}`)].join(", ")}
            {notCarried.length > 0 ? <span className="block text-ink-3">{notCarried.join(" ")}</span> : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
