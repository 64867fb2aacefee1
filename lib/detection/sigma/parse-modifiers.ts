import { RuleFault, type RulePath } from "./rule-fault";
import { TIME_PARTS, type Comparison, type TimePart } from "./rule-types";

/** How the text of a value becomes other text before it is compared, in the order written. */
export type Encoding = "base64" | "base64offset" | "utf16le" | "utf16be" | "utf16" | "windash" | "expand";
export type Position = "contains" | "startswith" | "endswith";

/** A field key taken apart: `CommandLine|windash|contains|all`. */
export interface FieldKey {
  readonly field: string | null; // null: keywords, anywhere in the event
  readonly encodings: readonly Encoding[];
  readonly position: Position | null;
  readonly test: "text" | "re" | "cidr" | "exists" | "fieldref" | "number";
  readonly flags: { readonly i: boolean; readonly m: boolean; readonly s: boolean };
  readonly compare: Comparison | null;
  readonly timePart: TimePart | null;
  readonly cased: boolean;
  readonly negated: boolean;
  readonly all: boolean;
}

const ENCODINGS = new Map<string, Encoding>([
  ["base64", "base64"], ["base64offset", "base64offset"], ["wide", "utf16le"], ["utf16le", "utf16le"], ["utf16be", "utf16be"], ["utf16", "utf16"], ["windash", "windash"], ["expand", "expand"],
]);
const POSITIONS = new Map<string, Position>([["contains", "contains"], ["startswith", "startswith"], ["endswith", "endswith"]]);
const TESTS = new Map<string, "re" | "cidr" | "exists" | "fieldref">([["re", "re"], ["cidr", "cidr"], ["exists", "exists"], ["fieldref", "fieldref"]]);
const COMPARISONS = new Map<string, Comparison>([["lt", "lt"], ["lte", "lte"], ["gt", "gt"], ["gte", "gte"]]);
const PARTS: ReadonlyMap<string, TimePart> = new Map(TIME_PARTS.map((part) => [part, part]));
const FLAGS = new Map<string, "i" | "m" | "s">([["i", "i"], ["ignorecase", "i"], ["m", "m"], ["multiline", "m"], ["s", "s"], ["dotall", "s"]]);

export const MODIFIERS: readonly string[] = [...ENCODINGS.keys(), ...POSITIONS.keys(), ...TESTS.keys(), ...COMPARISONS.keys(), ...PARTS.keys(), "cased", "neq", "all", "i", "m", "s"];

/**
 * Field name and modifiers of a detection key (Sigma 2.1, "Value Modifiers").
 *
 * @throws RuleFault for a modifier that is unknown, given twice, or does not go with another
 */
export function parseFieldKey(key: string, path: RulePath): FieldKey {
  const [name = "", ...modifiers] = key.split("|");
  const encodings: Encoding[] = [];
  let position: Position | null = null;
  let test: FieldKey["test"] = "text";
  let compare: Comparison | null = null;
  let timePart: TimePart | null = null;
  const flags = { i: false, m: false, s: false };
  const seen = new Set<string>();
  const fault = (message: string, remedy: string) => new RuleFault(path, message, remedy);
  for (const [at, modifier] of modifiers.entries()) {
    if (seen.has(modifier)) throw fault(`The modifier "${modifier}" is given twice in "${key}".`, "Give it once.");
    seen.add(modifier);
    const encoding = ENCODINGS.get(modifier);
    const here = POSITIONS.get(modifier);
    const kind = TESTS.get(modifier);
    const order = COMPARISONS.get(modifier);
    const part = PARTS.get(modifier);
    const flag = FLAGS.get(modifier);
    if (encoding !== undefined) encodings.push(encoding);
    else if (here !== undefined) {
      if (position !== null) throw fault(`"${key}" asks for ${position} and ${here} at once.`, "Use one of them: contains already means that text may stand on both sides.");
      position = here;
    } else if (kind !== undefined || order !== undefined) {
      if (test !== "text") throw fault(`"${key}" has two modifiers that each decide how to compare.`, `Keep one of ${modifiers.join(", ")}.`);
      test = kind ?? "number";
      compare = order ?? null;
    } else if (part !== undefined) {
      if (timePart !== null) throw fault(`"${key}" names two parts of a date.`, "Use one part per line.");
      timePart = part;
    } else if (flag !== undefined) {
      if (!modifiers.slice(0, at).includes("re")) throw fault(`The flag "${modifier}" in "${key}" stands without "re" before it.`, "Write re|i, re|m or re|s.");
      flags[flag] = true;
    } else if (modifier !== "cased" && modifier !== "neq" && modifier !== "all") {
      throw fault(`The modifier "${modifier}" in "${key}" is unknown.`, `Known are: ${MODIFIERS.join(", ")}.`);
    }
  }
  const parsed: FieldKey = { field: name === "" ? null : name, encodings, position, test, flags, compare, timePart, cased: seen.has("cased"), negated: seen.has("neq"), all: seen.has("all") };
  checkTogether(parsed, key, fault);
  return parsed;
}

/** Modifiers that make no sense together are refused: they would never match, and nobody would notice. */
function checkTogether(key: FieldKey, text: string, fault: (message: string, remedy: string) => RuleFault): void {
  const onText = key.test === "text" || key.test === "fieldref";
  if (key.position !== null && !onText && key.test !== "re") throw fault(`"${text}" compares by ${key.test === "number" ? "order" : key.test} and by ${key.position}.`, `Leave ${key.position} out.`);
  if (key.position !== null && key.test === "re") throw fault(`"${text}" has both re and ${key.position}.`, "A regular expression matches anywhere by itself; use ^ and $ to bind it.");
  const encoded = key.encodings.filter((encoding) => encoding !== "expand");
  if (encoded.length > 0 && key.test !== "text") throw fault(`"${text}" encodes a value that is not compared as text.`, `Leave ${encoded.join(", ")} out.`);
  if (key.cased && !onText) throw fault(`"${text}" has cased without a comparison of text.`, "Leave cased out; regular expressions are case-sensitive unless they carry the flag i.");
  if (key.timePart !== null && (key.position !== null || encoded.length > 0 || (key.test !== "text" && key.test !== "number"))) {
    throw fault(`"${text}" compares a part of a date as something else than a number.`, "Only lt, lte, gt, gte, neq and all go with it.");
  }
  if (key.field === null && (key.test === "exists" || key.test === "fieldref" || key.test === "number" || key.timePart !== null || key.negated)) {
    throw fault(`"${text}" asks for a field but names none.`, "Put the field's name before the first |.");
  }
}
