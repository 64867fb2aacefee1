"use client";
import { Toaster } from "sonner";

/** Where short confirmations appear; refusals stay on the page beside their cause. */
export function Toasts() {
  return (
    <Toaster
      position="bottom-right"
      toastOptions={{ className: "!bg-surface !text-ink !border-line-2 !text-sm !rounded-lg !shadow-pop !font-sans" }}
    />
  );
}
export { toast } from "sonner";
