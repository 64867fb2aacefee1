/**
 * Names by pattern: "web-{01..03}" gives web-01, web-02, web-03; the width of the first number is kept. A text without
 * braces is one name.
 *
 * @throws RangeError for more than one range or a range that runs backwards.
 */
export function expandPattern(pattern: string): string[] {
  const match = /^([^{}]*)\{(\d+)\.\.(\d+)\}([^{}]*)$/.exec(pattern);
  if (!match) {
    if (/[{}]/.test(pattern)) throw new RangeError(`"${pattern}" is not a pattern such as web-{01..20}`);
    return [pattern];
  }
  const [, before = "", low = "", high = "", after = ""] = match;
  if (Number(high) < Number(low)) throw new RangeError(`the range of "${pattern}" runs backwards`);
  const names: string[] = [];
  for (let n = Number(low); n <= Number(high); n += 1) names.push(`${before}${String(n).padStart(low.length, "0")}${after}`);
  return names;
}
