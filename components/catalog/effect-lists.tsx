import { KeptLink } from "@/components/layout/kept-link";
import { StateWord } from "@/components/compare/state-word";
import { MoreRows } from "@/components/tables/more-rows";
import { Table, Td, Th } from "@/components/ui/table";
import type { ReleaseEffect } from "@/lib/reports/release-effect";
import { counted, formatCount } from "@/lib/shared/format-number";

/** Analytics that come or go, with the cells that they would have or have where they apply. */
export function AnalyticList({ label, rows, linked }: { label: string; rows: ReleaseEffect["added"]; linked: boolean }) {
  return (
    <Table label={label} className="mt-1">
      <thead>
        <tr>
          <Th>Analytic</Th>
          <Th>Technique, platform</Th>
          <Th>Cells</Th>
        </tr>
      </thead>
      <tbody>
        <MoreRows
          first={30}
          columns={3}
          rows={rows.map(({ id, name, techniques, platforms, cells }) => (
            <tr key={id} className="hover:bg-hover">
              <Td>
                <Named id={id} name={name} linked={linked} />
              </Td>
              <Td className="text-xs text-ink-2">
                {techniques.join(", ")} · {platforms.join(", ") || "any"}
              </Td>
              <Td>
                <span className="flex flex-wrap gap-x-3 text-xs">
                  {cells.every(({ state }) => state === "not-applicable") ? <span className="text-ink-3">no segment here</span> : null}
                  {cells
                    .filter(({ state }) => state !== "not-applicable")
                    .map(({ state, cells: n }) => (
                      <span key={state} className="inline-flex items-center gap-1">
                        <strong>{formatCount(n)}</strong> <StateWord state={state} />
                      </span>
                    ))}
                </span>
              </Td>
            </tr>
          ))}
        />
      </tbody>
    </Table>
  );
}

/** Analytics whose published content differs. Only what asks something else can move a cell. */
export function ChangedList({ rows }: { rows: ReleaseEffect["changed"] }) {
  return (
    <Table label="Changed analytics" className="mt-1">
      <thead>
        <tr>
          <Th>Analytic</Th>
          <Th>What differs</Th>
          <Th number>Cells that move</Th>
        </tr>
      </thead>
      <tbody>
        <MoreRows
          first={30}
          columns={3}
          rows={rows.map(({ id, name, fields, asksAnew, moved }) => (
            <tr key={id} className="hover:bg-hover">
              <Td>
                <Named id={id} name={name} linked />
              </Td>
              <Td className="text-xs text-ink-2">
                {fields.map((field) => field.replace(/^x_mitre_/, "").replaceAll("_", " ")).join(", ")}
                {asksAnew ? <span className="font-medium text-ink">; asks something else</span> : null}
              </Td>
              <Td number>{formatCount(moved)}</Td>
            </tr>
          ))}
        />
      </tbody>
    </Table>
  );
}

/** Strategies that detect another technique: a history keyed by technique breaks here, one keyed by analytic does not. */
export function RepointedList({ rows }: { rows: ReleaseEffect["repointed"] }) {
  return (
    <Table label="Re-pointed strategies" className="mt-1">
      <thead>
        <tr>
          <Th>Strategy</Th>
          <Th>From</Th>
          <Th>To</Th>
          <Th number>Analytics</Th>
        </tr>
      </thead>
      <tbody>
        <MoreRows
          first={30}
          columns={4}
          rows={rows.map(({ id, name, from, to, analytics }) => (
            <tr key={id} className="hover:bg-hover">
              <Td>
                <span className="font-mono text-xs">{id}</span> {name}
              </Td>
              <Td className="font-mono text-xs whitespace-nowrap">{from.join(", ")}</Td>
              <Td className="font-mono text-xs whitespace-nowrap">{to.join(", ")}</Td>
              <Td number title={analytics.join(", ")}>
                {formatCount(analytics.length)}
              </Td>
            </tr>
          ))}
        />
      </tbody>
    </Table>
  );
}

/** Analytics of strategies that the release deprecates, by strategy. */
export function DeprecatedList({ rows }: { rows: ReleaseEffect["deprecated"] }) {
  const strategies = [...new Set(rows.map(({ strategy }) => strategy))];
  return (
    <ul className="px-3 pt-1 pb-2 md:px-4">
      {strategies.map((strategy) => {
        const own = rows.filter((row) => row.strategy === strategy);
        return (
          <li key={strategy} className="text-xs">
            <span className="font-mono">{strategy}</span>: {counted(own.length, "analytic")}, {own.map(({ id }) => id).join(", ")}
          </li>
        );
      })}
    </ul>
  );
}

function Named({ id, name, linked }: { id: string; name: string; linked: boolean }) {
  return linked ? (
    <KeptLink href={`/analytics/${id}`} className="hover:underline">
      <span className="font-mono text-xs">{id}</span> {name}
    </KeptLink>
  ) : (
    <>
      <span className="font-mono text-xs">{id}</span> {name}
    </>
  );
}
