import { KeptLink } from "@/components/layout/kept-link";
import { OwnTests } from "@/components/packs/own-tests";
import { PackAdvice } from "@/components/packs/pack-advice";
import { ORIGIN_WORDS } from "@/components/packs/pack-words";
import type { AnalyticPack } from "@/lib/reports/analytic-pack";
import { formatCount } from "@/lib/shared/format-number";

/** What the analytic's pack advises, and which version of it that is. */
export function GuidanceTab({ pack }: { pack: AnalyticPack }) {
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-3 text-xs text-ink-2">
        <KeptLink href={`/packs/${pack.analytic}`} className="text-accent underline">
          Pack of {pack.analytic}, version {formatCount(pack.version)}
        </KeptLink>
        <span>
          by {pack.author}, {ORIGIN_WORDS[pack.origin]}
        </span>
        <span className="inline-flex items-center gap-1.5">
          its own tests: <OwnTests tests={pack.tests} />
        </span>
        <KeptLink href={`/bench?pack=${pack.analytic}`} className="text-accent underline">
          Try its rules
        </KeptLink>
      </p>
      <PackAdvice advice={pack} />
    </>
  );
}
