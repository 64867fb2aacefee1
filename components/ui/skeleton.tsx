import { classNames } from "./class-names";

/** A block of the height that the content will have, so that loading moves nothing. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={classNames("animate-pulse rounded-lg bg-surface-3", className)} />;
}
