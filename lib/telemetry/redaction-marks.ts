/*
 * What sources write in place of a value that they were told to hide: the unified log's <private>, CloudTrail's
 * HIDDEN_DUE_TO_SECURITY_REASONS and ****, what log shippers and platforms leave when they mask. Such a value says nothing,
 * and it says that something was there.
 */
const WORDS = new Set(["private", "redacted", "masked", "hidden", "omitted", "filtered", "suppressed", "sensitive", "sensitive data removed", "sensitivedataremoved", "hidden_due_to_security_reasons"]);
// These stand alone too; the others may be a value unless they are wrapped.
const BARE = new Set(["redacted", "hidden_due_to_security_reasons", "sensitivedataremoved"]);
const MARKS = "<>[](){}*";
const LONGEST = 48;

/** Whether a text is a redaction mark as a whole. A message with a mark in its middle still says something. */
export function isRedactionMark(text: string): boolean {
  if (text.length < 3 || text.length > 2 * LONGEST) return false;
  let from = 0;
  let to = text.length;
  while (from < to && isMark(text, from)) from += 1;
  while (to > from && isMark(text, to - 1)) to -= 1;
  if (from === to) return /^\*{3,}$/.test(text);
  const bare = from === 0 && to === text.length;
  if (to - from > LONGEST || (!bare && (from === 0 || to === text.length))) return false;
  const word = text.slice(from, to).trim().toLowerCase();
  if (bare) return BARE.has(word);
  // The unified log hashes a value on demand: <mask.hash: 'base64'>. The value itself is hidden.
  return WORDS.has(word) || word.startsWith("mask.hash");
}

function isMark(text: string, at: number): boolean {
  return MARKS.includes(text.charAt(at));
}
