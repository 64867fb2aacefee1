/**
 * 53 bits of a text, equal on every machine: what the bounded samples of the probes are drawn by. Two lanes of 32 bits, each
 * multiplied and mixed per character; no defence against texts made to collide, so nothing rests on one hash alone but shares.
 */
export function hashText(text: string): number {
  let [low, high] = [0x2545f491, 0x6c8e9cf5];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul((high << 13) | (high >>> 19), 5) + unit;
  }
  low = mix(low ^ text.length);
  high = mix(high ^ low);
  return (high & 0x1fffff) * 0x1_0000_0000 + (low >>> 0);
}

/** Spreads every input bit over all 32 (xor-shift and multiply, both invertible). */
function mix(word: number): number {
  let mixed = word ^ (word >>> 16);
  mixed = Math.imul(mixed, 0x7feb352d);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x846ca68b);
  return mixed ^ (mixed >>> 16);
}
