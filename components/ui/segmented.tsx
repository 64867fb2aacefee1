import Link from "next/link";
import { classNames } from "./class-names";

/** A few sibling views, each with an address of its own. */
export function Segmented({ label, items }: { label: string; items: readonly { href: string; label: string; current: boolean; n?: number }[] }) {
  return (
    <nav aria-label={label} className="inline-flex max-w-full overflow-x-auto rounded-md border border-line-2 print:hidden">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={item.current ? "page" : undefined}
          className={classNames(
            "flex h-[26px] items-center gap-1.5 border-l border-line-2 px-2.5 whitespace-nowrap text-ink-2 -outline-offset-2 first:border-l-0 first:rounded-l-[5px] last:rounded-r-[5px] hover:bg-hover",
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
