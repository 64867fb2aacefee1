import type { ComponentProps } from "react";
import { HowComputed } from "@/components/how-computed/how-computed";
import type { MeasureId } from "@/components/how-computed/measures";
import { classNames } from "./class-names";

/**
 * A plain table that scrolls sideways by itself on narrow screens, so that the page never does ("relative" keeps
 * hidden words of its cells inside it). The label names the scroll area for keyboards.
 */
export function Table({ label, className, ...rest }: ComponentProps<"table"> & { label: string }) {
  return (
    <div className="relative overflow-x-auto" role="region" aria-label={label} tabIndex={0}>
      <table className={classNames("w-full border-collapse", className)} {...rest} />
    </div>
  );
}

/** A column's heading; number: to the right, as its cells; how: what its figures are, with the card that says how they are computed. */
export function Th({ className, number, how, children, ...rest }: ComponentProps<"th"> & { number?: boolean; how?: MeasureId }) {
  return (
    <th scope="col" className={classNames("h-8 px-2 text-xs font-medium whitespace-nowrap text-ink-2 first:pl-3 last:pr-3 md:first:pl-4 md:last:pr-4", number ? "text-right" : "text-left", className)} {...rest}>
      {children}
      {how === undefined ? null : <HowComputed measure={how} className={number ? "-mr-1" : undefined} />}
    </th>
  );
}

/** A cell; number: to the right and never broken. */
export function Td({ className, number, ...rest }: ComponentProps<"td"> & { number?: boolean }) {
  return <td className={classNames("h-8 border-t px-2 py-1 first:pl-3 last:pr-3 md:first:pl-4 md:last:pr-4", number && "text-right whitespace-nowrap", className)} {...rest} />;
}
