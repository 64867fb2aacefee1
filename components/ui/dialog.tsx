"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { IconButton } from "./icon-button";

export const DialogRoot = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

/** A modal with a title; "drawer" comes from the left edge and is used for navigation on small screens. */
export function DialogContent({ title, description, hideTitle, drawer, className, children }: {
  title: string;
  description?: ReactNode;
  hideTitle?: boolean;
  drawer?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
      <Radix.Content
        {...(description ? {} : { "aria-describedby": undefined })}
        className={classNames(
          "fixed z-50 overflow-auto bg-surface text-ink shadow-pop",
          drawer
            ? "inset-y-0 left-0 w-64 border-r"
            : "top-[12vh] left-1/2 max-h-[80vh] w-[min(560px,calc(100vw-24px))] -translate-x-1/2 rounded-xl border border-line-2",
          className,
        )}
      >
        {hideTitle ? (
          <Radix.Title className="sr-only">{title}</Radix.Title>
        ) : (
          <div className="flex items-center gap-2 border-b px-4 py-2.5">
            <Radix.Title>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label="Close" className="ml-auto">
                <X size={16} aria-hidden />
              </IconButton>
            </Radix.Close>
          </div>
        )}
        {description ? <Radix.Description className="px-4 pt-3 text-ink-2">{description}</Radix.Description> : null}
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}
