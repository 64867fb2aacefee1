import Link from "next/link";
import { classNames } from "./class-names";

/** A few sibling views, each with an address of its own. On a narrow screen they stand in rows: the chosen one is never out of sight. */
export function Segmented({ label, items }: { label: string; items: readonly { href: string; label: string; current: boolean; n?: number }[] }) {
  return (
    <nav aria-label={label} className="inline-flex max-w-full gap-px overflow-hidden rounded-md border border-line-2 bg-line-2 max-md:flex max-md:flex-wrap print:hidden">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item.current ? "page" : undefined}
          className={classNames(
            "flex h-[26px] items-center gap-1.5 px-2.5 whitespace-nowrap text-ink-2 -outline-offset-2 hover:bg-hover max-md:grow max-md:justify-center",
            item.current ? "bg-surface-3 font-medium text-ink" : "bg-surface",
          )}
        >
          {item.label}
          {item.n === undefined ? null : <span className="text-xs font-normal text-ink-3">{item.n}</span>}
        </Link>
      ))}
    </nav>
  );
}
