const MAX_VALUES = 1_000;

/**
 * The texts of JSON values that stand one behind another, as the outputs of several commands in one file do; a single value is
 * returned as it is. Only brackets and strings are looked at: each text is still to be parsed.
 */
export function splitJson(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = -1;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === "\\") at++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "{" || char === "[") {
      if (depth++ === 0) start = at;
    } else if ((char === "}" || char === "]") && --depth === 0 && start >= 0) {
      parts.push(text.slice(start, at + 1));
      start = -1;
      if (parts.length >= MAX_VALUES) break;
    }
    if (depth < 0) depth = 0;
  }
  return parts.length > 1 && start < 0 ? parts : [text];
}
