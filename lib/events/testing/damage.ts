/** Numbers from 0 to 1 that repeat for the same seed (Mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Bytes that parsers care about. */
const MARKS = Buffer.from('{}[]",:\\<>/&=|\n\r\t\0#');

/** Some of: bytes flipped, marks put in, stretches cut, doubled, or taken from elsewhere, the end cut off. */
export function damage(bytes: Buffer, other: Buffer, random: () => number): Buffer {
  let content: Buffer = Buffer.from(bytes);
  const place = () => Math.floor(random() * (content.length + 1));
  for (let edits = 1 + Math.floor(random() * 8); edits > 0; edits -= 1) {
    const at = place();
    const length = Math.floor(random() * Math.min(2000, content.length + 1));
    const kind = Math.floor(random() * 7);
    if (kind === 0 && at < content.length) content[at] = Math.floor(random() * 256);
    else if (kind === 1 && at < content.length) content[at] = MARKS[Math.floor(random() * MARKS.length)] ?? 0;
    else if (kind === 2) content = Buffer.concat([content.subarray(0, at), MARKS.subarray(Math.floor(random() * MARKS.length)), content.subarray(at)]);
    else if (kind === 3) content = Buffer.concat([content.subarray(0, at), content.subarray(Math.min(content.length, at + length))]);
    else if (kind === 4) content = Buffer.concat([content.subarray(0, at), content.subarray(at, at + length), content.subarray(at)]);
    else if (kind === 5) {
      const from = Math.floor(random() * (other.length + 1));
      content = Buffer.concat([content.subarray(0, at), other.subarray(from, from + length), content.subarray(at)]);
    } else content = content.subarray(0, Math.max(1, at));
  }
  return Buffer.from(content);
}
