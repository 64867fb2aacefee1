"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { IconButton } from "./icon-button";

export const DialogRoot = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

/** A modal with a title; "drawer" comes from the left edge and is used for navigation on small screens. What is higher than the window scrolls under its title. */
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
          "fixed z-50 overflow-auto overscroll-contain bg-surface text-ink shadow-pop",
          drawer
            ? "inset-y-0 left-0 w-64 border-r"
            : "top-[4dvh] left-1/2 max-h-[92dvh] w-[min(560px,calc(100vw-24px))] -translate-x-1/2 scroll-pt-14 scroll-pb-16 rounded-xl border border-line-2 sm:top-[12dvh] sm:max-h-[80dvh]",
          className,
        )}
      >
        {hideTitle ? (
          <Radix.Title className="sr-only">{title}</Radix.Title>
        ) : (
          <div className="sticky top-0 z-10 flex items-center gap-2 border-b bg-surface px-4 py-2.5">
            <Radix.Title className="min-w-0 [overflow-wrap:anywhere]">{title}</Radix.Title>
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

/** The buttons that end a dialog's form: the last row of a body padded by 16 px, in sight however far the form is scrolled. */
export function DialogActions({ className, children }: { className?: string; children: ReactNode }) {
  return <div className={classNames("sticky bottom-0 z-10 -mx-4 -mb-4 flex flex-wrap items-center justify-end gap-x-3 gap-y-2 border-t bg-surface px-4 py-3", className)}>{children}</div>;
}
