"use client";
import { GitCompareArrows } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useTransition } from "react";
import { Select } from "@/components/ui/select";
import type { MatrixView } from "@/lib/reports/matrix-view";

/** Sets a parameter that the server reads; the page stays as it is until the answer is there. */
function useServerParameter(name: string): readonly [set: (value: string | null) => void, pending: boolean] {
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
  ];
}

/** A second segment, or the fleet, to stand beside the first. */
export function AgainstSelect({ view }: { view: MatrixView }) {
  const [set, pending] = useServerParameter("against");
  const [first, second] = view.scopes;
  const others = view.segments.filter(({ id }) => id !== first.segment);
  if (others.length === 0) return null;
  return (
    <span aria-busy={pending} className={pending ? "opacity-60" : undefined}>
      <Select
        label="Compare with"
        icon={<GitCompareArrows size={14} aria-hidden />}
        value={second === undefined ? "none" : (second.segment ?? "fleet")}
        onChange={(value) => set(value === "none" ? null : value)}
        options={[{ value: "none", label: "not compared" }, ...(first.segment === null ? [] : [{ value: "fleet", label: "against the fleet" }]), ...others.map(({ id, name }) => ({ value: id, label: `against ${name}` }))]}
        className="max-w-56"
      />
    </span>
  );
}

/** The domain, where an assessment pinned several. */
export function DomainSelect({ view }: { view: MatrixView }) {
  const [set, pending] = useServerParameter("domain");
  if (view.domains.length < 2) return null;
  return (
    <span aria-busy={pending}>
      <Select label="Domain" value={view.domain} onChange={(value) => set(value === view.domains[0] ? null : value)} options={view.domains.map((value) => ({ value, label: value }))} />
    </span>
  );
}
