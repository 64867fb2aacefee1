import { canonicalJson, compareCodeUnits, type Json } from "./canonical-json";

const CHUNK = 1 << 18; // characters

/**
 * The canonical JSON of a large object as UTF-8, piece by piece: the text of a fleet's input is hundreds of megabytes, and is never
 * held as a whole. Joined, the pieces are what canonicalJson gives.
 *
 * @throws TypeError as canonicalJson does
 */
export function* canonicalChunks(value: { readonly [key: string]: Json | undefined }): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = "{";
  let first = true;
  for (const key of Object.keys(value).sort(compareCodeUnits)) {
    const item = value[key];
    if (item === undefined) continue;
    text += `${first ? "" : ","}${JSON.stringify(key)}:`;
    first = false;
    if (!isArray(item)) {
      text += canonicalJson(item);
      continue;
    }
    text += "[";
    for (let at = 0; at < item.length; at += 1) {
      text += `${at === 0 ? "" : ","}${canonicalJson(item[at] ?? null)}`;
      if (text.length < CHUNK) continue;
      yield encoder.encode(text);
      text = "";
    }
    text += "]";
  }
  yield encoder.encode(`${text}}`);
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
