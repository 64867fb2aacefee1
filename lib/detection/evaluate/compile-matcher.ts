import ipaddr from "ipaddr.js";
import { compileRegex } from "../sigma/parse-matchers";
import type { Comparison, Matcher } from "../sigma/rule-types";
import { compileText } from "./compile-text";
import { readTimePart } from "./read-time-part";
import type { Scalar } from "./rule-view";

/** Whether one value of an event is what a matcher asks for; `folded` is the value's text in lower case. */
export type ValueTest = (value: Scalar, folded: string) => boolean;

/** Matchers that look at one value alone; null, exists and fieldref look at the field or at another field (compile-rule.ts). */
export type ValueMatcher = Exclude<Matcher, { kind: "null" | "exists" | "fieldref" }>;

const ORDER: Readonly<Record<Comparison | "eq", (a: number, b: number) => boolean>> = {
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  eq: (a, b) => a === b,
};
const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/;

const compiled = new WeakMap<ValueMatcher, ValueTest>(); // goes with the rules

/** A test per matcher, compiled once: explanations, indexes and the full scan of a rule set ask the same one. */
export function compileMatcher(matcher: ValueMatcher): ValueTest {
  const known = compiled.get(matcher);
  if (known !== undefined) return known;
  const test = compileAnew(matcher);
  compiled.set(matcher, test);
  return test;
}

function compileAnew(matcher: ValueMatcher): ValueTest {
  switch (matcher.kind) {
    case "text": {
      const test = compileText(matcher.pattern, matcher.cased);
      return matcher.cased ? (value) => value !== null && test(String(value)) : (value, folded) => value !== null && test(folded);
    }
    case "regex": {
      const regex = compileRegex(matcher.source, matcher.flags);
      return (value) => value !== null && regex.matcher(String(value)).find();
    }
    case "number":
      return (value) => numberOf(value) === matcher.value;
    case "boolean":
      return (value, folded) => value !== null && folded === String(matcher.value);
    case "compare": {
      const test = ORDER[matcher.op];
      return (value) => {
        const number = numberOf(value);
        return number !== null && test(number, matcher.value);
      };
    }
    case "cidr": {
      const range = ipaddr.parseCIDR(matcher.range);
      return (value) => typeof value === "string" && inRange(value, range);
    }
    case "time": {
      const test = ORDER[matcher.op];
      return (value) => {
        const part = readTimePart(value, matcher.part);
        return part !== null && test(part, matcher.value);
      };
    }
  }
}

/** Numbers, and texts that write one in decimal; "0x17" is a text. */
export function numberOf(value: Scalar): number | null {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return null;
  const text = value.trim();
  return DECIMAL.test(text) ? Number(text) : null;
}

/** Addresses are compared as addresses: an IPv4 one inside IPv6 (::ffff:10.0.0.1) counts as IPv4; what is no address is in no range. */
function inRange(text: string, range: ReturnType<typeof ipaddr.parseCIDR>): boolean {
  const bare = text.trim().replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  if (!bare.includes(":") && !/^\d+\.\d+\.\d+\.\d+$/.test(bare)) return false;
  if (!ipaddr.isValid(bare)) return false;
  const [network, bits] = range;
  const address = network.kind() === "ipv4" ? ipaddr.process(bare) : ipaddr.parse(bare);
  return address.kind() === network.kind() && address.match(network, bits);
}
