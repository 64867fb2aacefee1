import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import type { GapJson } from "@/lib/gaps/gap-json";
import { formatCount } from "@/lib/shared/format-number";

/** What an assessment would accept as proof, and where to hand it in. */
export function GapEvidence({ gap }: { gap: GapJson }) {
  const { expected, group } = gap;
  const none = expected.kinds.length === 0;
  return (
    <Card aria-labelledby="evidence" className="pb-3">
      <CardHeader
        id="evidence"
        title="Evidence that closes it"
        action={
          <Button asChild>
            <KeptLink href={`/imports?segment=${gap.segmentId}`}>Import samples</KeptLink>
          </Button>
        }
        say={
          group === "joins"
            ? "Records of every stage from the same hosts, whose keys are equal and whose order and window hold."
            : none
              ? "No record kind is known that would."
              : `At least ${formatCount(expected.minEvents)} ${expected.minEvents === 1 ? "record" : "records"} from at least ${formatCount(expected.hostsNeeded)} of ${formatCount(expected.hosts)} hosts, the newest at most ${formatCount(expected.freshDays)} days old, these fields filled in ${formatCount(expected.fillPercent)} of 100 records.`
        }
      />
      {none ? null : (
        <ul className="px-3 pt-2 md:px-4">
          {expected.kinds.map(({ kind, met, required, anyOf }) => (
            <li key={kind} className="border-t py-1.5">
              <span className="font-mono text-xs font-medium">{kind}</span> <span className="text-xs text-ink-3">{met === "as-cited" ? "as cited" : "an equivalent"}</span>
              <span className="block font-mono text-xs break-words text-ink-2">{[...required, ...anyOf.map((fields) => fields.join(" or "))].join(", ") || "no field required"}</span>
            </li>
          ))}
          {expected.moreKinds > 0 ? <li className="border-t py-1.5 text-xs text-ink-3">and {formatCount(expected.moreKinds)} more kinds of other sources</li> : null}
        </ul>
      )}
      {expected.sources.length === 0 ? null : (
        <p className="px-3 pt-2 text-xs break-words text-ink-3 md:px-4">
          ATT&CK cites {expected.sources.map(({ name, channel }) => (channel === "" ? name : `${name} (${channel})`)).join("; ")}.
        </p>
      )}
    </Card>
  );
}
