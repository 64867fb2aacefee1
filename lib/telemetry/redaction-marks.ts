/*
 * What sources write in place of a value that they were told to hide: the unified log's <private>, CloudTrail's
 * HIDDEN_DUE_TO_SECURITY_REASONS and ****, what log shippers and platforms leave when they mask. Such a value says nothing,
 * and it says that something was there.
 */
const WORDS = new Set(["private", "redacted", "masked", "hidden", "omitted", "filtered", "suppressed", "sensitive", "sensitive data removed", "sensitivedataremoved", "hidden_due_to_security_reasons"]);
// These stand alone too; the others may be a value unless they are wrapped.
const BARE = new Set(["redacted", "hidden_due_to_security_reasons", "sensitivedataremoved"]);
const BARE_LEADS = "rRhHsS"; // their first letters
const LONGEST = 48;

/** Whether a text is a redaction mark as a whole. A message with a mark in its middle still says something. */
export function isRedactionMark(text: string): boolean {
  if (text.length < 3 || text.length > 2 * LONGEST) return false;
  // Nearly every value leaves here: this runs for each of an import.
  if (!isMark(text.charCodeAt(0))) return BARE_LEADS.includes(text.charAt(0)) && BARE.has(text.trim().toLowerCase());
  let from = 1;
  let to = text.length;
  while (from < to && isMark(text.charCodeAt(from))) from += 1;
  while (to > from && isMark(text.charCodeAt(to - 1))) to -= 1;
  if (from === to) return /^\*{3,}$/.test(text);
  if (to === text.length || to - from > LONGEST) return false;
  const word = text.slice(from, to).trim().toLowerCase();
  // The unified log hashes a value on demand: <mask.hash: 'base64'>. The value itself is hidden.
  return WORDS.has(word) || word.startsWith("mask.hash");
}

function isMark(code: number): boolean {
  return code === 0x2a || code === 0x3c || code === 0x3e || code === 0x28 || code === 0x29 || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d; // * < > ( ) [ ] { }
}
