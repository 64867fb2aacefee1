/** A record for reading: JSON is indented, everything else stays as it is. The hash and offsets are those of the file, not of this. */
export function prettyRecord(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}
