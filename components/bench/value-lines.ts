import type { BenchView } from "@/lib/reports/bench-view";

/** Values of placeholders as lines NAME=VALUE, one value each: how the form holds them. */
export function writeValues(values: BenchView["values"]): string {
  return values.flatMap(({ name, values: own }) => own.map((value) => `${name}=${value}`)).join("\n");
}

/** Reads such lines; wrong: what the first line that is none looks like. */
export function readValues(text: string): { readonly values: Readonly<Record<string, readonly string[]>>; readonly wrong: string | null } {
  const values = new Map<string, string[]>();
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") continue;
    const at = line.indexOf("=");
    const name = line.slice(0, Math.max(0, at)).trim().replace(/^%|%$/g, "");
    if (name === "") return { values: {}, wrong: `"${line.slice(0, 80)}" is no line NAME=VALUE.` };
    values.set(name, [...(values.get(name) ?? []), line.slice(at + 1).trim()]);
  }
  return { values: Object.fromEntries(values), wrong: null };
}
