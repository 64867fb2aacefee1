"use client";
import Link, { useLinkStatus } from "next/link";
import { useSearchParams } from "next/navigation";
import { useCallback, type ComponentProps } from "react";

/** What a visitor chose for every page: it travels along every link. */
export const KEPT = ["assessment", "segment"] as const;

/** The address with the chosen assessment and segment, unless it names its own. */
export function useKeptHref(): (href: string) => string {
  const current = useSearchParams();
  return useCallback((href) => {
    const [address = "", anchor] = href.split("#");
    const [path = "", query = ""] = address.split("?");
    const next = new URLSearchParams(query);
    for (const name of KEPT) {
      const value = current.get(name);
      if (value !== null && !next.has(name)) next.set(name, value);
    }
    const text = next.toString();
    return `${path}${text ? `?${text}` : ""}${anchor === undefined ? "" : `#${anchor}`}`;
  }, [current]);
}

/** A link that keeps the chosen assessment and segment. */
export function KeptLink({ href, children, ...rest }: Omit<ComponentProps<typeof Link>, "href"> & { href: string }) {
  return (
    <Link href={useKeptHref()(href)} {...rest}>
      {children}
      <OnItsWay />
    </Link>
  );
}

// A page is sent once it is known to exist, so that one that does not answers 404; until then a line over the page says that it comes.
function OnItsWay() {
  const { pending } = useLinkStatus();
  return pending ? <span aria-hidden className="on-its-way" /> : null;
}
