"use client";
import { GitCompareArrows } from "lucide-react";
import { Select } from "@/components/ui/select";
import type { MatrixView } from "@/lib/reports/matrix-view";
import { useServerParameter } from "./use-server-parameter";

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
