/** Plain data: what canonical JSON can hold. undefined-valued keys are left out, as JSON.stringify does. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * One text for one value: keys sorted by UTF-16 code units, no white space, strings as JSON.stringify writes them
 * (RFC 8785, with numbers restricted to safe integers, so that no float text can differ between engines).
 *
 * @throws TypeError for a number that is not a safe integer: fractions are carried as millionths.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === "string") return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new TypeError(`canonical JSON holds safe integers only, not ${value}`);
    return String(value === 0 ? 0 : value);
  }
  if (value === null || typeof value === "boolean") return String(value);
  let text = "";
  if (isArray(value)) {
    for (const item of value) text += `${text === "" ? "" : ","}${canonicalJson(item)}`;
    return `[${text}]`;
  }
  const { order, heads } = orderOf(Object.keys(value));
  for (let at = 0; at < order.length; at += 1) {
    const item = value[order[at] ?? ""];
    if (item !== undefined) text += `${text === "" ? "" : ","}${heads[at]}${canonicalJson(item)}`;
  }
  return `{${text}}`;
}

/** Strings that JSON writes as they are. */
const PLAIN = /^[ !#-[\]-~]*$/;

interface KeyOrder {
  readonly keys: readonly string[]; // as they came
  readonly order: readonly string[];
  readonly heads: readonly string[]; // `"key":`, in order
}

// Documents hold thousands of objects of the same few kinds: the order of their keys is worked out once. Bounded, and never for dictionaries.
const ORDERS = new Map<string, KeyOrder>();
const [MOST_ORDERS, MOST_KEYS] = [2_000, 32];

function orderOf(keys: readonly string[]): KeyOrder {
  if (keys.length > MOST_KEYS) return makeOrder(keys);
  const name = keys.join("\n");
  const known = ORDERS.get(name);
  // Keys may hold what joins the name.
  if (known !== undefined && known.keys.length === keys.length && known.keys.every((key, at) => key === keys[at])) return known;
  const made = makeOrder(keys);
  if (known === undefined && ORDERS.size < MOST_ORDERS) ORDERS.set(name, made);
  return made;
}

function makeOrder(keys: readonly string[]): KeyOrder {
  const order = [...keys].sort(compareCodeUnits);
  return { keys, order, heads: order.map((key) => `${JSON.stringify(key)}:`) };
}

/** Order by UTF-16 code units: the same on every machine and in every locale. */
export function compareCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
