import { KeptLink } from "@/components/layout/kept-link";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { RuleCheckView } from "@/lib/reports/rule-check-view";
import { formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { CheckWord } from "./check-glyph";
import { CHECK_LOOK } from "./check-words";

/** Where a rule can fire, on its page: state, hosts and why, per segment. */
export function RuleChecks({ view }: { view: RuleCheckView | null }) {
  const go = (
    <Button asChild variant="ghost">
      <KeptLink href="/rules/check">All rules</KeptLink>
    </Button>
  );
  if (view === null || !view.covered || view.segments.length === 0) {
    return (
      <Card id="fires">
        <CardHeader title="Can it fire" action={go} />
        <p className="px-3 py-3 text-ink-2 md:px-4">{view === null ? "Nobody has checked yet whether rules can fire here." : view.covered ? "There was no segment to check it in." : "The rule came or changed after the newest check: it has no answer yet."} Start a check on the page of all rules.</p>
      </Card>
    );
  }
  const own = view.segments.filter(({ state }) => state !== "other-platform");
  const others = view.segments.filter(({ state }) => state === "other-platform").map(({ name }) => name);
  const able = view.segments.filter(({ state }) => state === "can-fire").length;
  return (
    <Card id="fires">
      <CardHeader title="Can it fire" note={`in ${formatCount(able)} of ${formatCount(own.length)} ${own.length === 1 ? "segment" : "segments"} with hosts of its platform, checked ${formatTime(Date.parse(view.at))}`} action={go} />
      <div className="pt-2 md:max-h-[420px] md:overflow-y-auto">
        <Table label="Where the rule can fire" stacked className={own.length === 0 ? "hidden" : "md:min-w-[760px]"}>
          <thead>
            <tr>
              <Th>Segment</Th>
              <Th>State</Th>
              <Th number>Hosts</Th>
              <Th>Why</Th>
            </tr>
          </thead>
          <tbody>
            {own.map(({ id, name, state, hosts, of, newest, why, before }) => (
              <tr key={id}>
                <Td className="whitespace-nowrap max-md:font-medium">{name}</Td>
                <Td className="whitespace-nowrap">
                  <CheckWord state={state} />
                  {before === null ? null : <span className="block text-xs text-ink-3">before: {CHECK_LOOK[before].word}</span>}
                </Td>
                <Td number head="Hosts">
                  {formatCount(hosts)} of {formatCount(of)}
                </Td>
                <Td className="text-ink-2">
                  {why}
                  {newest === null ? "" : ` Newest record ${formatTime(Date.parse(newest))}.`}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      {others.length === 0 ? null : <p className="border-t px-3 py-2 text-xs text-ink-3 md:px-4">No hosts of its platform: {others.join(", ")}.</p>}
    </Card>
  );
}
