/** What a JSON text says; undefined: it is no JSON, or nests deeper than the parser's stack. JSON itself never says undefined. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
