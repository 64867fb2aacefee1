const THIN = "\u202f";

/** 1234567 -> "1 234 567", grouped by narrow no-break spaces; decimals are cut to `decimals` places. */
export function formatCount(value: number, decimals = 0): string {
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  return `${value < 0 ? "\u2212" : ""}${grouped}${fraction ? `.${fraction}` : ""}`;
}

/** Like formatCount, with a sign in front of everything but zero: differences. */
export function formatSigned(value: number, decimals = 0): string {
  const rounded = Number(value.toFixed(decimals));
  return rounded > 0 ? `+${formatCount(rounded, decimals)}` : formatCount(rounded === 0 ? 0 : rounded, decimals);
}

/** "1 cell", "2 cells". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** Decimal units, as operating systems print file sizes. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${formatCount(value, unit > 1 && value < 100 ? 1 : 0)} ${UNITS[unit] ?? "B"}`;
}
