import type { ComponentProps } from "react";
import { HowComputed } from "@/components/how-computed/how-computed";
import type { MeasureId } from "@/components/how-computed/measures";
import { classNames } from "./class-names";

/** On a narrow screen each row is a block of its cells, those with a `head` under its words, numbers beside each other; of the heads those stay that say how their figures are computed. */
const STACKED = [
  "max-md:block max-md:[&_thead]:block max-md:[&_tbody]:block max-md:[&_th:not([data-how])]:sr-only max-md:[&_th[data-how]]:mr-3 max-md:[&_th[data-how]]:inline-flex max-md:[&_th[data-how]]:items-center max-md:[&_th[data-how]]:p-0",
  "max-md:[&_tr]:block max-md:[&_tr]:px-3 max-md:[&_tbody_tr]:border-t max-md:[&_tbody_tr]:py-2",
  "max-md:[&_td]:block max-md:[&_td]:h-auto max-md:[&_td]:min-w-0 max-md:[&_td]:border-0 max-md:[&_td]:p-0 max-md:[&_td]:py-0.5 max-md:[&_td:first-child]:pl-0 max-md:[&_td:last-child]:pr-0 max-md:[&_td]:text-left max-md:[&_td]:whitespace-normal",
  "max-md:[&_td[data-number]]:mr-4 max-md:[&_td[data-number]]:inline-block",
  "max-md:[&_td[data-head]]:before:mr-1.5 max-md:[&_td[data-head]]:before:font-sans max-md:[&_td[data-head]]:before:text-xs max-md:[&_td[data-head]]:before:text-ink-3 max-md:[&_td[data-head]]:before:content-[attr(data-head)]",
].join(" ");

/**
 * A plain table that scrolls sideways by itself on narrow screens, so that the page never does ("relative" keeps
 * hidden words of its cells inside it). The label names the scroll area for keyboards. stacked: for tables whose cells hold
 * sentences, which nobody reads sideways: there the cells of a row stand one under the other.
 */
export function Table({ label, className, stacked = false, ...rest }: ComponentProps<"table"> & { label: string; stacked?: boolean }) {
  return (
    <div className="scroll-hint relative overflow-x-auto" role="region" aria-label={label} tabIndex={0}>
      <table className={classNames("w-full border-collapse", stacked && STACKED, className)} {...rest} />
    </div>
  );
}

/** A column's heading; number: to the right, as its cells; how: what its figures are, with the card that says how they are computed. */
export function Th({ className, number, how, children, ...rest }: ComponentProps<"th"> & { number?: boolean; how?: MeasureId }) {
  return (
    <th scope="col" data-how={how} className={classNames("h-8 px-2 text-xs font-medium whitespace-nowrap text-ink-2 first:pl-3 last:pr-3 md:first:pl-4 md:last:pr-4", number ? "text-right" : "text-left", className)} {...rest}>
      {children}
      {how === undefined ? null : <HowComputed measure={how} className={number ? "-mr-1" : undefined} />}
    </th>
  );
}

/** A cell; number: to the right and never broken; head: what its column is called, said where a stacked table has no columns. */
export function Td({ className, number, head, ...rest }: ComponentProps<"td"> & { number?: boolean; head?: string }) {
  return <td data-head={head} data-number={number || undefined} className={classNames("h-8 border-t px-2 py-1 first:pl-3 last:pr-3 md:first:pl-4 md:last:pr-4", number && "text-right whitespace-nowrap", className)} {...rest} />;
}
