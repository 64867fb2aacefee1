import { KeptLink } from "@/components/layout/kept-link";
import { Metric } from "@/components/metric/metric";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { BothNumbers } from "@/lib/assessment/weights/weigh-effect";
import type { ShownEffect } from "@/lib/reports/weights-view";
import { counted, formatCount } from "@/lib/shared/format-number";

/** The same cells under a profile and with every technique weighing one, side by side, and the techniques that change places. */
export function ProfileEffect({ effect }: { effect: ShownEffect }) {
  const { profile, version, assessment, tau, ranked, moved } = effect;
  const agreement = tau === null ? "Nothing is missing that could be ranked." : `Kendall's tau of ${counted(ranked, "technique")} by what is missing of them: ${formatCount(tau / 1_000_000, 3)} (1 = the same order).`;
  return (
    <div className="grid gap-3 xl:grid-cols-2">
      <Card>
        <CardHeader title={`Effect of ${profile}, version ${version}`} note={`on ${assessment}; no status depends on it`} say="Observable share of the same cells. Under uniform weights hosts, criticality and reach count as before; k of n counts cells alone." />
        <div className="max-h-[520px] overflow-auto px-1 pb-1">
          <Table label={`Effect of ${profile}`}>
            <thead>
              <tr>
                <Th>Segment</Th>
                <Th number how="observed-share">
                  {profile === "uniform" ? "Weighted" : profile}
                </Th>
                <Th number how="uniform-weights">
                  Every technique weighs one
                </Th>
              </tr>
            </thead>
            <tbody>
              <EffectRow name="Fleet" both={effect.fleet} />
              {effect.segments.map(({ id, name, ...both }) => (
                <EffectRow key={id} name={name} href={`/segments/${id}`} both={both} />
              ))}
            </tbody>
          </Table>
        </div>
      </Card>
      <Card>
        <CardHeader title="Techniques that change places" note="1 = most is missing" say={agreement} />
        <div className="max-h-[520px] overflow-auto px-1 pb-1" role="region" aria-label="Techniques that change places" tabIndex={0}>
          {moved.length === 0 ? (
            <p className="px-3 py-3 text-ink-2">None: the order is that of uniform weights.</p>
          ) : (
            <Table label="Techniques that change places">
              <thead>
                <tr>
                  <Th>Technique</Th>
                  <Th number how="technique-weight">
                    Weight
                  </Th>
                  <Th number how="technique-place">
                    Place
                  </Th>
                  <Th number>Uniform</Th>
                </tr>
              </thead>
              <tbody>
                {moved.map(({ id, name, weight, rank, uniformRank }) => (
                  <tr key={id} className="hover:bg-hover">
                    <Td>
                      <span className="font-mono font-medium">{id}</span> {name}
                    </Td>
                    <Td number>{formatCount(weight / 1_000_000, 2)}</Td>
                    <Td number>{formatCount(rank)}</Td>
                    <Td number>{formatCount(uniformRank)}</Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
        </div>
      </Card>
    </div>
  );
}

function EffectRow({ name, href, both }: { name: string; href?: string; both: BothNumbers }) {
  return (
    <tr className="hover:bg-hover">
      <Td className="font-medium">
        {href === undefined ? (
          name
        ) : (
          <KeptLink href={href} className="hover:underline">
            {name}
          </KeptLink>
        )}
      </Td>
      <Td number>
        <Metric measure="observed-share" size="row" {...both.weighted.observed} />
      </Td>
      <Td number>
        <Metric measure="uniform-weights" size="row" {...both.uniform.observed} />
      </Td>
    </tr>
  );
}
