/** What restricts a claim, or why its source is off: shown wherever the claim is. off: the source says that nothing is collected. */
export function ClaimCondition({ condition, off }: { condition: string; off: boolean }) {
  if (condition === "") return null;
  return (
    <div className="max-w-[64ch] text-xs [overflow-wrap:anywhere] text-ink-2">
      <strong className="font-medium">{off ? "off:" : "conditional:"}</strong> {condition}
    </div>
  );
}
