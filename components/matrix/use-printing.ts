"use client";
import { useSyncExternalStore } from "react";

let printing = false;

function subscribe(listener: () => void): () => void {
  const say = (now: boolean) => () => {
    printing = now;
    listener();
  };
  const [begin, end] = [say(true), say(false)];
  window.addEventListener("beforeprint", begin);
  window.addEventListener("afterprint", end);
  return () => {
    window.removeEventListener("beforeprint", begin);
    window.removeEventListener("afterprint", end);
  };
}

/** Whether the page is being printed: what paper alone needs is not drawn before. The store is read synchronously, so the print holds it. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => printing,
    () => false,
  );
}
