"use client";
import { useState } from "react";
import { KeptLink } from "@/components/layout/kept-link";
import { Card, CardHeader } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { Input } from "@/components/ui/input";
import type { WhatIfView } from "@/lib/reports/telemetry-what-if-view";
import { counted, formatCount } from "@/lib/shared/format-number";

/** Products of the fleet's platforms, what adds most first. The bars are hatched: none of it is proven. */
export function ProductList({ view }: { view: WhatIfView }) {
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const found = view.products.filter(({ name, group, configuration, platforms }) => `${name} ${group} ${configuration} ${platforms.join(" ")}`.toLowerCase().includes(wanted));
  const most = Math.max(1, ...view.products.map(({ gain }) => gain?.claimed ?? 0));
  return (
    <Card className="pb-1">
      <CardHeader title="Products and configurations" note={counted(view.products.length, "choice")} say={view.ranked ? "Cells that would be claimed in whole, over all segments of their platforms." : "The fleet is large: choose one to count what it would add."} />
      <div className="px-3 pt-2 md:px-4">
        <Input type="search" aria-label="Find a product" placeholder="Find a product" value={text} onChange={(event) => setText(event.target.value)} />
      </div>
      <ul className="mt-2 max-h-[calc(100dvh-290px)] min-h-72 overflow-y-auto text-xs" tabIndex={0} aria-label="Products">
        {found.map((product) => (
          <li key={product.id}>
            <KeptLink
              href={`/telemetry/what-if?product=${encodeURIComponent(product.id)}`}
              scroll={false}
              prefetch={false}
              aria-current={view.chosen?.product === product.id ? "true" : undefined}
              className={classNames("grid grid-cols-[minmax(0,1fr)_128px] items-center gap-x-3 border-t px-3 py-1.5 hover:bg-hover md:px-4", view.chosen?.product === product.id && "bg-accent-soft shadow-[inset_3px_0_var(--accent)] hover:bg-accent-soft")}
            >
              <span className="min-w-0">
                <span className="block truncate font-medium" title={product.name}>{product.name}</span>
                <span className="block truncate text-ink-2" title={product.configuration}>{product.configuration}</span>
              </span>
              <span className="text-right">
                {product.gain === null ? (
                  <span className="text-ink-3">{counted(product.segments, "segment")}</span>
                ) : (
                  <>
                    <span className="font-semibold">{product.gain.claimed === 0 ? "0" : `+${formatCount(product.gain.claimed)}`}</span> <span className="text-ink-2">of {formatCount(product.gain.cells)} touched</span>
                    <span className="mt-0.5 flex justify-end" aria-hidden>
                      <i className="hatch block h-1.5 rounded-[2px] border border-accent" style={{ width: `${Math.round((product.gain.claimed / most) * 100)}%`, minWidth: product.gain.claimed > 0 ? 4 : 0, borderWidth: product.gain.claimed > 0 ? 1 : 0 }} />
                    </span>
                  </>
                )}
              </span>
            </KeptLink>
          </li>
        ))}
        {found.length === 0 ? <li className="px-4 py-3 text-ink-2">No product has these words.</li> : null}
      </ul>
    </Card>
  );
}
