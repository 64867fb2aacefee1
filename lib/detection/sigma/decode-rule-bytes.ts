/** The text of a rule file, or what the file is instead. */
export type DecodedRule = { readonly text: string } | { readonly message: string; readonly remedy: string };

const MAGIC: readonly (readonly [start: string, is: string, remedy: string])[] = [
  ["PK\u0003\u0004", "a zip archive", "Name it .zip, so that it is unpacked."],
  ["\u001f\u008b", "packed by gzip", "Name it .gz, so that it is unpacked."],
  ["%PDF", "a PDF", "Copy the rule out of it into a text file."],
  ["\u0089PNG", "a picture", "Give the rule as text."],
  ["\u00ff\u00d8\u00ff", "a picture", "Give the rule as text."],
  ["ElfFile\u0000", "a Windows event log, and no rule", "Give it as events."],
  ["MZ", "a program, and no rule", "Leave it out."],
  ["\u007fELF", "a program, and no rule", "Leave it out."],
];

/** Text in UTF-8, with or without its mark. Anything else is named, with what to do about it. */
export function decodeRuleBytes(bytes: Uint8Array): DecodedRule {
  const head = Array.from(bytes.subarray(0, 8), (byte) => String.fromCharCode(byte)).join("");
  const known = MAGIC.find(([start]) => head.startsWith(start));
  if (known !== undefined && bytes.includes(0)) return { message: `This is ${known[1]}.`, remedy: known[2] };
  if (isUtf16(bytes)) return { message: "This is text in UTF-16, as some Windows editors and PowerShell's > write it; rules are UTF-8.", remedy: "Save it as UTF-8 (in PowerShell: Get-Content FILE | Set-Content -Encoding utf8 NEW)." };
  if (bytes.includes(0)) return { message: "This is binary data, and no text.", remedy: "Give Sigma rules as YAML in UTF-8, or leave the file out." };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { message: `This is not text in UTF-8: ${sayOddByte(bytes)}.`, remedy: "It may be in an older code page, such as Windows-1252; save it as UTF-8." };
  }
}

/** By its mark, else since every second byte of Latin text in UTF-16 is zero and no other is. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const looked = bytes.subarray(0, 400);
  const zeros = (odd: number): number => looked.filter((byte, i) => byte === 0 && i % 2 === odd).length;
  const [even, odd] = [zeros(0), zeros(1)];
  return Math.min(even, odd) === 0 && Math.max(even, odd) > looked.length / 4;
}

/** Where the first bytes stand that are no UTF-8. */
function sayOddByte(bytes: Uint8Array): string {
  const text = new TextDecoder("utf-8").decode(bytes);
  const before = text.slice(0, text.indexOf("\ufffd"));
  return `line ${before.split("\n").length} holds a byte that UTF-8 does not have`;
}
