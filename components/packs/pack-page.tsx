import { Download } from "lucide-react";
import { KeptLink } from "@/components/layout/kept-link";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import type { PackView } from "@/lib/reports/packs-view";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import { OwnTests } from "./own-tests";
import { PackAdvice } from "./pack-advice";
import { PackElements } from "./pack-elements";
import { PackRequirements } from "./pack-requirements";
import { PackTests } from "./pack-tests";
import { ORIGIN_WORDS } from "./pack-words";

/** One pack, whole: what it asks for, how that joins, what it looks for, what to adapt, what it advises, and what its tests say. */
export function PackPage({ pack }: { pack: PackView }) {
  const download = `/api/packs/${pack.analytic}${pack.current ? "" : `?version=${pack.version}`}`;
  return (
    <PageBody>
      <PageHeader
        title={pack.title}
        say={
          <>
            Pack of{" "}
            <KeptLink href={`/analytics/${pack.analytic}`} className="font-mono text-accent underline">
              {pack.analytic}
            </KeptLink>{" "}
            on {pack.platform}, version {formatCount(pack.version)} by <strong>{pack.author}</strong>, {ORIGIN_WORDS[pack.origin]}; written against ATT&CK {pack.release}.
          </>
        }
        actions={
          <>
            <Button asChild>
              <a href={download} download>
                <Download size={14} aria-hidden />
                Pack as a zip
              </a>
            </Button>
            {pack.current ? (
              <Button asChild variant="primary">
                <KeptLink href={`/bench?pack=${pack.analytic}`}>Try its rules</KeptLink>
              </Button>
            ) : null}
          </>
        }
      />
      <Card className="px-4 py-3">
        <p className="max-w-[80ch] text-base leading-[22px] text-pretty text-ink-2">{pack.summary}</p>
        <p className="flex flex-wrap gap-x-4 gap-y-1 pt-2 text-ink-2">
          <OwnTests tests={pack.tests} />
          <span>
            severity <strong>{pack.severity}</strong>
          </span>
          <span>
            confidence <strong>{pack.confidence}</strong>
          </span>
          <span>{inForce(pack)}</span>
        </p>
      </Card>
      <PackRequirements pack={pack} />
      <PackRules pack={pack} />
      <PackElements elements={pack.elements} left={pack.leftElements} />
      <Card className="pb-4">
        <CardHeader title="Guidance" />
        <div className="px-3 pt-3 md:px-4">
          <PackAdvice advice={pack} />
        </div>
      </Card>
      <PackTests pack={pack} />
      <Card className="pb-3">
        <CardHeader title="Versions" note={counted(pack.versions.length, "version")} />
        <ul className="px-3 pt-2 text-xs md:px-4">
          {pack.versions.map((one) => (
            <li key={one.version} className="flex flex-wrap gap-x-3 border-t py-1.5">
              <KeptLink href={`/packs/${pack.analytic}${one.current ? "" : `?version=${one.version}`}`} className="text-accent underline" aria-current={one.version === pack.version ? "page" : undefined}>
                Version {formatCount(one.version)}
              </KeptLink>
              {one.current ? <Pill>in force</Pill> : null}
              <span className="text-ink-2">
                {ORIGIN_WORDS[one.origin]}, loaded {formatTime(Date.parse(one.loadedAt))} by {one.loadedBy}
              </span>
              {one.passed ? null : <span className="font-medium text-attn">its tests fail</span>}
            </li>
          ))}
        </ul>
        <p className="px-3 text-xs text-ink-3 [overflow-wrap:anywhere] md:px-4">
          SHA-256 of this version’s files: <code>{pack.digest}</code>
        </p>
      </Card>
    </PageBody>
  );
}

function inForce({ current, fits }: PackView): string {
  if (!current) return "not in force: another version is";
  if (fits === null) return "no catalogue here has its analytic";
  return fits ? "decides its analytic’s cells: it accounts for every published reference" : "does not decide its analytic’s cells: the catalogue publishes references that it does not account for";
}

function PackRules({ pack: { rules, current } }: { pack: PackView }) {
  return (
    <Card className="pb-3">
      <CardHeader title="Rules" note={counted(rules.length, "document")} say={current ? "Signals alert; the others are their stages." : "An earlier version’s rules are in its zip."} />
      {rules.length > 0 ? (
        <ul className="px-3 pt-2 md:px-4">
          {rules.map((rule) => (
            <li key={rule.name + rule.title} className="flex flex-wrap items-baseline gap-x-3 border-t py-1.5">
              <KeptLink href={`/rules/${rule.id}`} className="font-medium text-accent hover:underline">
                {rule.title}
              </KeptLink>
              <code className="text-xs text-ink-3">{rule.name}</code>
              {rule.signal ? <Pill>signal</Pill> : null}
              <span className="text-xs text-ink-2">
                {rule.kind}
                {rule.level === null ? "" : `, ${rule.level}`}
              </span>
              {rule.refused === null ? null : <span className="text-xs text-attn">Refused: {rule.refused}</span>}
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
