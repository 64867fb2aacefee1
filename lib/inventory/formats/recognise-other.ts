const DETTECT_FILES: Readonly<Record<string, string>> = {
  "group-administration": "This is a DeTT&CT group administration file: techniques of groups, not an inventory.",
};

/** One sentence for a file that is known but is not an inventory; null when it is not known. */
export function recogniseOther(text: string): string | null {
  const type = /^\s*"?file_type"?\s*:\s*["']?([\w-]+)/m.exec(text)?.[1];
  const dettect = type === undefined ? undefined : DETTECT_FILES[type];
  if (dettect) return dettect;
  if (/"type"\s*:\s*"bundle"/.test(text.slice(0, 2_000))) return "This is a STIX bundle: import it as a catalog.";
  if (/"techniqueID"\s*:/.test(text) && /"domain"\s*:/.test(text)) return "This is an ATT&CK Navigator layer: it colours techniques and names no log source.";
  const header = (text.replace(/^\ufeff/, "").split(/[\r\n]/, 1)[0] ?? "").toLowerCase();
  if (/^"?name"?\s*[,;\t]\s*"?platforms\b/.test(header)) return "This is a segments file: import it on the segments page.";
  if (/^"?host"?\s*([,;\t]\s*"?platform"?|$)/.test(header)) return "This is a roster of hosts: import it on the page of its segment.";
  return null;
}
