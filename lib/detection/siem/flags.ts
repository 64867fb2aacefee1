/** A yes or no as exports write it: 1/0, true/false, yes/no, enabled/disabled, on/off; null when it says neither. */
export function readFlag(value: unknown): boolean | null {
  if (typeof value === "boolean") return value;
  const text = String(value ?? "").trim().toLowerCase();
  if (["1", "true", "yes", "enabled", "on"].includes(text)) return true;
  return ["0", "false", "no", "disabled", "off"].includes(text) ? false : null;
}

const TECHNIQUE = /\bT\d{4}(?:\.\d{3})?\b/gi;

/** ATT&CK techniques named in a text, upper case, each once. */
export function techniquesIn(text: string): string[] {
  return [...new Set((text.match(TECHNIQUE) ?? []).map((id) => id.toUpperCase()))];
}
