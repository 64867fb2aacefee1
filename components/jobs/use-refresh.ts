"use client";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useTransition } from "react";

/**
 * Fetches the page's data again and resolves when it is drawn. Whoever waits for it keeps the visitor from changing the
 * address meanwhile (another tab of the page), which would drop what is on its way.
 */
export function useRefresh(): () => Promise<void> {
  const router = useRouter();
  const [pending, start] = useTransition();
  const waiting = useRef<(() => void)[]>([]);
  useEffect(() => {
    if (!pending) for (const done of waiting.current.splice(0)) done();
  }, [pending]);
  return useCallback(
    () =>
      new Promise<void>((resolve) => {
        waiting.current.push(resolve);
        start(() => router.refresh());
      }),
    [router],
  );
}
