"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { KeptLink, useKeptHref } from "@/components/layout/kept-link";
import { useSingleKey } from "@/components/layout/single-keys";
import { classNames } from "@/components/ui/class-names";
import type { RecordRow } from "@/lib/reports/telemetry-record-page";
import { formatCount } from "@/lib/shared/format-number";

const ROW = 28;

/** The rows of a page; only those in sight are drawn. j and k choose, Enter opens. */
export function RecordRows({ dataset, columns, rows }: { dataset: string; columns: readonly string[]; rows: readonly RecordRow[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState(-1);
  const router = useRouter();
  const kept = useKeptHref();
  // eslint-disable-next-line react-hooks/incompatible-library -- the compiler is not in use here; TanStack Virtual works without it
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 16, initialRect: { width: 1100, height: 700 } });
  const items = virtual.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  const href = (number: number): string => `/imports/events/${encodeURIComponent(dataset)}/records/${number}`;
  useSingleKey((key, event) => {
    if (key === "j" || key === "k") {
      const next = Math.max(0, Math.min(rows.length - 1, chosen + (key === "j" ? 1 : -1)));
      setChosen(next);
      virtual.scrollToIndex(next, { align: "auto" });
    } else if (key === "Enter" && !(event.target instanceof HTMLElement && event.target.closest("a,button,label,summary"))) {
      const row = rows[chosen];
      if (row !== undefined) router.push(kept(href(row.number)));
    }
  });
  return (
    <div ref={scroller} role="region" aria-label="Records" tabIndex={0} className="min-h-0 flex-1 overflow-auto bg-surface max-md:h-[70dvh] max-md:flex-none">
      <table className="w-full table-fixed border-collapse text-xs" style={{ minWidth: 600 + columns.length * 190 }} aria-rowcount={rows.length + 1}>
        <colgroup>
          <col style={{ width: 84 }} />
          <col style={{ width: 196 }} />
          <col style={{ width: 150 }} />
          <col style={{ width: 170 }} />
          {columns.map((column) => (
            <col key={column} />
          ))}
        </colgroup>
        <thead className="sticky top-0 z-10 bg-surface">
          <tr className="[&>th]:h-8 [&>th]:border-b [&>th]:px-2 [&>th]:text-left [&>th]:font-medium [&>th]:text-ink-2 [&>th:first-child]:pl-4">
            <th scope="col">Record</th>
            <th scope="col">Time, UTC</th>
            <th scope="col">Host</th>
            <th scope="col">Kind</th>
            {columns.map((column) => (
              <th key={column} scope="col" className="truncate font-mono">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 ? <tr aria-hidden style={{ height: before }} /> : null}
          {items.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <tr
                key={row.number}
                aria-rowindex={item.index + 2}
                onClick={() => setChosen(item.index)}
                onDoubleClick={() => router.push(kept(href(row.number)))}
                style={{ height: ROW }}
                className={classNames("hover:bg-hover [&>td]:truncate [&>td]:border-b [&>td]:px-2 [&>td:first-child]:pl-4", item.index === chosen && "bg-accent-soft shadow-[inset_3px_0_var(--accent)] hover:bg-accent-soft")}
              >
                <td>
                  <KeptLink href={href(row.number)} prefetch={false} className="text-accent hover:underline">
                    {formatCount(row.number)}
                  </KeptLink>
                </td>
                {row.refused === null ? (
                  <>
                    <td className="font-mono">{row.time === null ? <span className="font-sans text-attn">{row.untimed || "no time"}</span> : timeOf(row.time)}</td>
                    <td title={row.host}>{row.host || <span className="text-ink-3">no host</span>}</td>
                    <td className="font-mono" title={row.kind}>
                      {row.kind}
                    </td>
                    {columns.map((column, index) => (
                      <td key={column} className="font-mono" title={row.values[index]}>
                        {row.values[index] || <span className="text-ink-3">–</span>}
                      </td>
                    ))}
                  </>
                ) : (
                  <td colSpan={3 + columns.length} title={row.refused.message}>
                    <span className="text-attn">refused: {row.refused.message}</span> <code className="text-ink-3">{row.refused.example}</code>
                  </td>
                )}
              </tr>
            );
          })}
          {after > 0 ? <tr aria-hidden style={{ height: after }} /> : null}
        </tbody>
      </table>
    </div>
  );
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().replace("T", " ").replace("Z", "");
}
