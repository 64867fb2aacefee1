const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const two = (value: number) => String(value).padStart(2, "0");

/** ms since 1970 -> "20 Nov 2026". Times are always printed in UTC: evidence must read the same everywhere. */
export function formatDate(ms: number): string {
  const date = new Date(ms);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""} ${date.getUTCFullYear()}`;
}

/** "20 Nov 2026 06:00 UTC". */
export function formatTime(ms: number): string {
  const date = new Date(ms);
  return `${formatDate(ms)} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

/** "20 Nov", for axes. */
export function formatDay(ms: number): string {
  const date = new Date(ms);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ""}`;
}
