import { Check, TriangleAlert } from "lucide-react";
import { formatCount } from "@/lib/shared/format-number";

/** How many of a pack's own tests pass: with a sign, and never alone by its colour. */
export function OwnTests({ tests: { passed, of } }: { tests: { readonly passed: number; readonly of: number } }) {
  const all = passed === of;
  const Icon = all ? Check : TriangleAlert;
  return (
    <span className={all ? "inline-flex items-center align-middle gap-1.5 whitespace-nowrap text-ink-2" : "inline-flex items-center align-middle gap-1.5 font-medium whitespace-nowrap text-attn"}>
      <Icon size={14} aria-hidden />
      {formatCount(passed)} of {formatCount(of)} pass
    </span>
  );
}
