import { classNames } from "./class-names";

/** total null: how much is left is not known, so the bar moves without pretending a share. */
export function Progress({ label, done, total, className }: { label: string; done: number; total: number | null; className?: string }) {
  const known = total !== null && total > 0;
  const share = known ? Math.min(1, done / total) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={known ? 0 : undefined}
      aria-valuemax={known ? total : undefined}
      aria-valuenow={known ? Math.min(done, total) : undefined}
      className={classNames("h-1 overflow-hidden rounded-full bg-surface-3", className)}
    >
      <i className={classNames("block h-1 rounded-full bg-accent", !known && "w-1/3 animate-pulse")} style={known ? { width: `${share * 100}%` } : undefined} />
    </div>
  );
}
