"use client";
import { Popover as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

export const PopoverRoot = Radix.Root;
export const PopoverTrigger = Radix.Trigger;

/** What a popover shows, inside the window whatever its edge. */
export function PopoverContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={4}
        collisionPadding={8}
        className={classNames("z-50 max-w-[min(360px,calc(100vw-16px))] rounded-lg border border-line-2 bg-surface p-3 text-ink shadow-pop", className)}
        {...rest}
      />
    </Radix.Portal>
  );
}
