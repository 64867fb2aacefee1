"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";

/** Sets a parameter that the server reads; the page stays as it is until the answer is there. */
export function useServerParameter(name: string): readonly [set: (value: string | null) => void, pending: boolean, value: string | null] {
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const [pending, start] = useTransition();
  return [
    (value) => {
      const next = new URLSearchParams(search);
      if (value === null) next.delete(name);
      else next.set(name, value);
      start(() => router.push(`${pathname}?${next}`));
    },
    pending,
    search.get(name),
  ];
}
