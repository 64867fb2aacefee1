import { Card, CardHeader } from "@/components/ui/card";
import type { TelemetrySourceView } from "@/lib/operations/get-telemetry-source";
import { counted, formatCount } from "@/lib/shared/format-number";

/** Hosts by the age of their newest record, and by name who never sent one. */
export function SourceHosts({ view }: { view: TelemetrySourceView }) {
  const { ages, neverSeen, foreign, segment, cell } = view;
  const most = Math.max(1, ...ages.map(({ hosts }) => hosts));
  const never = ages.at(-1)?.hosts ?? 0;
  return (
    <Card className="pb-3">
      <CardHeader title="Newest record by host" note={cell.of === 0 ? "population not stated" : `n = ${formatCount(cell.of)}`} say={segment.rostered ? `${counted(never, "host")} of the roster never sent one.` : "The segment has no roster: who is missing cannot be named."} />
      <ul aria-label="Hosts by age of their newest record" className="flex items-end gap-1.5 px-3 pt-3 md:px-4">
        {ages.map(({ label, hosts }, index) => (
          <li key={label} className="min-w-0 flex-1 text-center text-xs">
            <span className="flex h-20 items-end" aria-hidden>
              <i className={`block w-full rounded-t-[3px] ${index === ages.length - 1 ? "hatch border border-b-0 border-line-2" : "bg-st-observed"}`} style={{ height: hosts === 0 ? 1 : Math.max(3, Math.round((hosts / most) * 80)) }} />
            </span>
            <span className="block border-t pt-0.5 font-medium">{formatCount(hosts)}</span>
            <span className="block text-ink-3">{label}</span>
          </li>
        ))}
      </ul>
      <HostNames title="Never seen" names={neverSeen} />
      <HostNames title="Not on the roster" names={foreign} />
    </Card>
  );
}

function HostNames({ title, names }: { title: string; names: readonly string[] }) {
  return names.length === 0 ? null : (
    <details className="mx-3 mt-3 rounded-md border px-3 py-1.5 text-xs md:mx-4">
      <summary className="cursor-pointer py-1">
        {title}: {counted(names.length, "host")}
      </summary>
      <ul className="mt-1.5 grid max-h-60 grid-cols-[repeat(auto-fill,minmax(120px,1fr))] gap-x-3 overflow-y-auto font-mono" tabIndex={0} aria-label={`${title}, by name`}>
        {names.slice(0, 5000).map((name) => (
          <li key={name} className="truncate" title={name}>
            {name}
          </li>
        ))}
      </ul>
    </details>
  );
}
