"use client";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { prettyRecord } from "@/components/evidence/pretty-record";
import type { OverrideActions } from "@/components/resolutions/override-dialog";
import type { LinkActions } from "@/components/rules/rule-links";
import type { TestActions } from "@/components/tests/test-actions";
import { TestList } from "@/components/tests/test-list";
import type { TuningActions } from "@/components/tuning/tuning-actions";
import { TuningTable } from "@/components/tuning/tuning-table";
import { Card } from "@/components/ui/card";
import { Pill } from "@/components/ui/chip";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Table, Td, Th } from "@/components/ui/table";
import { TabsList, TabsPanel, TabsRoot, TabsTrigger } from "@/components/ui/tabs";
import type { AnalyticView } from "@/lib/reports/analytic-view";
import { formatIsoDay } from "@/lib/shared/format-time";
import { AnalyticRules } from "./analytic-rules";
import { GuidanceTab } from "./guidance-tab";
import { PublishedReferences } from "./published-references";

const TABS = ["published", "definition", "guidance", "rules", "tests", "tuning", "releases", "raw"] as const;

/** The definition: as published with its resolution, the text and links, its rules, its tests, what can be tuned, the releases, and the raw object. */
export function AnalyticTabs({ view, actions, decide, testActions, tuningActions }: { view: AnalyticView; actions: OverrideActions; decide: LinkActions["decide"]; testActions: TestActions; tuningActions: TuningActions }) {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(TABS).withDefault("published").withOptions({ history: "replace", shallow: true }));
  const { analytic, raw } = view;
  return (
    <Card>
      <TabsRoot value={tab === "guidance" && view.pack === null ? "published" : tab} onValueChange={(next) => void setTab(TABS.find((name) => name === next) ?? null)}>
        <TabsList aria-label="Definition">
          <TabsTrigger value="published" n={analytic.requirements.length}>As published</TabsTrigger>
          <TabsTrigger value="definition">Definition</TabsTrigger>
          {view.pack === null ? null : <TabsTrigger value="guidance">Guidance</TabsTrigger>}
          <TabsTrigger value="rules" n={view.rules.filter(({ link }) => link.state === "accepted").length}>Rules</TabsTrigger>
          <TabsTrigger value="tests" n={view.tests.tests.length}>Tests</TabsTrigger>
          <TabsTrigger value="tuning" n={view.tuning.placeholders.length}>Tuning</TabsTrigger>
          <TabsTrigger value="releases" n={analytic.releases.length}>Releases</TabsTrigger>
          <TabsTrigger value="raw">Raw object</TabsTrigger>
        </TabsList>
        <TabsPanel value="published" className="px-0 pt-1 md:px-0">
          <p className="px-4 text-xs text-ink-2">Log-source references as ATT&CK cites them; references of one data component are alternatives, components are ANDed.</p>
          <PublishedReferences analytic={analytic} actions={actions} />
        </TabsPanel>
        <TabsPanel value="definition">
          <p className="max-w-[80ch] whitespace-pre-wrap text-ink-2">{analytic.description}</p>
          <ul className="pt-2 text-xs">
            {analytic.references.filter((reference) => reference.url?.startsWith("https://")).map((reference) => (
              <li key={reference.url}>
                <a href={reference.url} rel="noreferrer" target="_blank" className="text-accent [overflow-wrap:anywhere] hover:underline">
                  {reference.externalId ?? reference.sourceName}: {reference.url}
                </a>
              </li>
            ))}
          </ul>
        </TabsPanel>
        {view.pack === null ? null : (
          <TabsPanel value="guidance">
            <GuidanceTab pack={view.pack} />
          </TabsPanel>
        )}
        <TabsPanel value="rules" className="px-0 pb-0 md:px-0">
          <AnalyticRules analytic={analytic.id} rules={view.rules} decide={decide} />
        </TabsPanel>
        <TabsPanel value="tests" className="px-0 pb-0 md:px-0">
          <TestList view={view.tests} actions={testActions} />
        </TabsPanel>
        <TabsPanel value="tuning" className="px-0 md:px-0">
          <TuningTable view={view.tuning} actions={tuningActions} />
          <h3 className="px-4 pt-5 pb-1">Mutable elements as ATT&CK names them</h3>
          {analytic.mutableElements.length === 0 ? (
            <p className="px-4 text-ink-2">This analytic names nothing to tune.</p>
          ) : (
            <Table label="Mutable elements">
              <thead>
                <tr>
                  <Th>Element</Th>
                  <Th>What it tunes</Th>
                </tr>
              </thead>
              <tbody>
                {analytic.mutableElements.map((element) => (
                  <tr key={element.field}>
                    <Td className="font-mono whitespace-nowrap">{element.field}</Td>
                    <Td className="text-ink-2">{element.description}</Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
        </TabsPanel>
        <TabsPanel value="releases" className="px-0 md:px-0">
          {analytic.releases.length === 0 ? (
            <p className="px-4 text-ink-2">Only the starter catalogue holds it here; it stands outside release history.</p>
          ) : (
            <Table label="Releases">
              <thead>
                <tr>
                  <Th>Release</Th>
                  <Th>Version</Th>
                  <Th>Modified</Th>
                  <Th>SHA-256 of the published object</Th>
                </tr>
              </thead>
              <tbody>
                {analytic.releases.map((release) => (
                  <tr key={`${release.domain} ${release.release}`}>
                    <Td className="whitespace-nowrap">
                      {release.domain} {release.release} {release.release === analytic.release ? <Pill>shown</Pill> : null}
                    </Td>
                    <Td>{release.version}</Td>
                    <Td className="whitespace-nowrap text-ink-2">{formatIsoDay(release.modified)}</Td>
                    <Td className="font-mono text-ink-2">{release.rawSha256 ?? "none"}</Td>
                  </tr>
                ))}
              </tbody>
            </Table>
          )}
        </TabsPanel>
        <TabsPanel value="raw">
          {raw.text === null ? (
            <p className="text-ink-2">The starter catalogue holds no published text. Import MITRE’s bundle to see the object and its hash.</p>
          ) : (
            <>
              <div className="flex flex-wrap items-center gap-2 pb-2 text-xs text-ink-2">
                <span className="[overflow-wrap:anywhere]">
                  Key order as published. sha256 <code>{raw.sha256}</code>
                </span>
                <CopyButton text={raw.text} className="ml-auto" />
              </div>
              <CodeBlock label="Raw object" text={prettyRecord(raw.text)} />
            </>
          )}
        </TabsPanel>
      </TabsRoot>
    </Card>
  );
}
