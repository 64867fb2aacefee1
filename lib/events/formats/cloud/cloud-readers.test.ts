import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bareAddress } from "./bare-address";
import { describeChanges, embeddedJson, listOf, namedValues } from "./named-values";
import { operationName } from "./operation-name";
import { objectsAt, textAt, valueAt } from "./value-at";

describe("reading nested records", () => {
  const record = { actor: { email: "eva@example.test", roles: ["a", { name: "b" }] }, empty: " " };

  test("paths go through own keys and list positions, and end in nothing rather than in an error", () => {
    expect(valueAt(record, "actor.email")).toBe("eva@example.test");
    expect(valueAt(record, "actor.roles.1.name")).toBe("b");
    expect([valueAt(record, "actor.roles.x"), valueAt(record, "actor.email.more"), valueAt(null, "a"), valueAt(record, "constructor.name"), valueAt(record, "actor.roles.length")]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect([textAt(record, "empty"), textAt(record, "actor")]).toEqual([undefined, undefined]);
    expect(objectsAt(record, "actor.roles")).toEqual([{ name: "b" }]);
  });

  test("no value and no path make reading fail", () => {
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom("a", "0", "a.b", "__proto__.x", "toString"), (value, path) => {
      expect(() => [valueAt(value, path), textAt(value, path), objectsAt(value, path)]).not.toThrow();
      expect(valueAt({ value }, "toString")).toBeUndefined();
    }));
  });

  test("lists of names and values are read as they stand or out of a text, the first of a name", () => {
    const list = [{ Name: "a", Value: 1 }, { Name: "b", Value: "x" }, { Name: "a", Value: 2 }, "no object"];
    for (const given of [list, JSON.stringify(list)]) expect([...namedValues(given, "Name", "Value")]).toEqual([["a", 1], ["b", "x"]]);
    expect([listOf("[broken"), listOf(undefined), listOf("text")]).toEqual([[], [], []]);
    expect(embeddedJson("[broken")).toBe("[broken");
    expect(describeChanges([{ n: "Role", o: null, v: "admin" }, { n: "On", o: false, v: true }], "n", "o", "v")).toBe("Role:  -> admin; On: false -> true");
  });
});

describe("addresses and operations as services write them", () => {
  test.each([
    ["203.0.113.9:443", "203.0.113.9"], ["[2001:db8::1]:443", "2001:db8::1"], ["[2001:db8::1]", "2001:db8::1"], ["::ffff:203.0.113.9", "203.0.113.9"], ["2001:db8::1", "2001:db8::1"], ["203.0.113.9", "203.0.113.9"], ["gateway", "gateway"],
  ])("%s is %s", (written, address) => expect(bareAddress(written)).toBe(address));

  test("a dash becomes a hyphen, blanks single, nothing else changes", () => {
    expect(operationName("Update application \u2013 Certificates and  secrets management ")).toBe("Update application - Certificates and secrets management");
    expect([operationName("Add user."), operationName(7)]).toEqual(["Add user.", ""]);
  });
});
