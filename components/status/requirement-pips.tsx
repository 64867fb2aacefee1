/** One mark per requirement of an analytic: filled = proven, tinted = claimed, empty = missing. */
export type PipState = "proven" | "claimed" | "missing";

const LOOK: Readonly<Record<PipState, string>> = { proven: "st st-observed", claimed: "st st-declared", missing: "st st-blind" };

/** One small mark per requirement of a cell: met, claimed or missing. */
export function RequirementPips({ pips }: { pips: readonly { name: string; state: PipState }[] }) {
  const title = pips.length === 0 ? "nothing to require" : pips.map((pip) => `${pip.name}: ${pip.state}`).join(", ");
  return (
    <span role="img" aria-label={title} title={title} className="inline-flex items-center gap-0.5 align-middle">
      {pips.map((pip, index) => (
        <i key={index} className={`h-3.5 w-1.5 rounded-[2px] border ${LOOK[pip.state]}`} />
      ))}
    </span>
  );
}
