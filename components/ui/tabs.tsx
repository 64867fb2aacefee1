"use client";
import { Tabs as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

export const TabsRoot = Radix.Root;

export function TabsList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return <Radix.List className={classNames("flex gap-5 overflow-x-auto overflow-y-hidden border-b px-3 md:px-4", className)} {...rest} />;
}

/** n: how many things the tab holds. */
export function TabsTrigger({ n, children, className, ...rest }: ComponentProps<typeof Radix.Trigger> & { n?: number; children: ReactNode }) {
  return (
    <Radix.Trigger
      className={classNames(
        "-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent whitespace-nowrap text-ink-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink",
        className,
      )}
      {...rest}
    >
      {children}
      {n === undefined ? null : <small className="rounded-sm bg-surface-3 px-1.5 text-xs font-normal text-ink-3">{n}</small>}
    </Radix.Trigger>
  );
}

export function TabsPanel({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={classNames("px-3 py-3 md:px-4", className)} {...rest} />;
}
