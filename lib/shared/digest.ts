import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "./canonical-json";

/** SHA-256 in lower-case hex: of bytes, or of a string as UTF-8. The only hashing in the code. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** SHA-256 of the canonical JSON of a plain value: equal values have equal digests whatever their key order. */
export function digestOf(value: Json): string {
  return sha256(canonicalJson(value));
}

/** A digest that grows with its input, for streams. */
export function startSha256(): { update(bytes: Uint8Array): void; hex(): string } {
  const hash = createHash("sha256");
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    hex: () => hash.digest("hex"),
  };
}
