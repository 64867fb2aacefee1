import type { StoredRule } from "@/lib/detection/rules/stored-rule";

/** Who wrote a rule and under which terms: stands wherever a rule or its match is shown (the Detection Rule License asks for it). */
export function RuleAttribution({ rule }: { rule: Pick<StoredRule, "author" | "license"> }) {
  return (
    <span className="text-xs text-ink-3">
      by {rule.author ?? "an author who is not stated"}, {rule.license ?? "licence not stated"}
    </span>
  );
}
