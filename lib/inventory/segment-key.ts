/** The key people use for a segment: the name with outer blanks off, inner ones single, Unicode-composed, in lower case. */
export function segmentKey(name: string): string {
  return name.normalize("NFC").trim().replace(/\s+/gu, " ").toLowerCase();
}
