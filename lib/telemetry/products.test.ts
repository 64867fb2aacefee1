import { describe, expect, test } from "vitest";
import { kindsOfProduct, PRODUCTS } from "./products";
import { componentsOfKind, familyRunsOn, kindsOfFamily, splitKind, verdictOnKind } from "./record-kinds";
import { FAMILIES } from "./family-of";

const byId = (id: string) => PRODUCTS.find((product) => product.id === id) ?? { take: [], leave: [] };

describe("products", () => {
  test("have ids of their own", () => expect(new Set(PRODUCTS.map(({ id }) => id)).size).toBe(PRODUCTS.length));

  test.each(PRODUCTS.map((product) => [product.id, product] as const))("%s writes kinds that we know, on a platform that its families run on", (_, product) => {
    const kinds = kindsOfProduct(product);
    expect(kinds.length).toBeGreaterThan(0);
    for (const name of product.take) expect(kinds.some((kind) => (name.endsWith("*") ? kind.startsWith(name.slice(0, -1)) : kind === name)) || verdictOnKind(name) === "none", `${name} is no kind that we know`).toBe(true);
    for (const kind of kinds) expect(componentsOfKind(kind)).not.toEqual([]);
    for (const platform of product.platforms) {
      expect(FAMILIES.some(({ platforms }) => platforms.includes(platform)), platform).toBe(true);
      expect(kinds.some((kind) => familyRunsOn(splitKind(kind).family, platform)), `${product.id} on ${platform}`).toBe(true);
    }
  });

  test("what a product leaves out is one of the kinds that it would else take", () => {
    for (const product of PRODUCTS) {
      for (const name of product.leave ?? []) {
        const { family } = splitKind(name);
        const without = kindsOfProduct({ take: product.take }, [name]);
        expect(without.some((kind) => kind === name || (name.endsWith("*") && kind.startsWith(name.slice(0, -1)))) || kindsOfFamily(family).every((kind) => kind !== name), `${product.id}: ${name}`).toBe(true);
      }
    }
  });

  test("typical Sysmon has no image loads and no process access; all of it has", () => {
    expect(kindsOfProduct(byId("sysmon-typical"))).toContain("windows-sysmon:1");
    expect(kindsOfProduct(byId("sysmon-typical"))).not.toContain("windows-sysmon:7");
    expect(kindsOfProduct(byId("sysmon-typical"))).not.toContain("windows-sysmon:10");
    expect(kindsOfProduct(byId("sysmon-full"))).toEqual(expect.arrayContaining(["windows-sysmon:7", "windows-sysmon:10"]));
  });
  test("management events are not data events", () => {
    expect(kindsOfProduct(byId("cloudtrail-management"))).not.toContain("aws-cloudtrail:GetObject");
    expect(kindsOfProduct(byId("cloudtrail-data"))).toContain("aws-cloudtrail:GetObject");
  });
  test("OpenBSM tables of osquery are no records of a current macOS", () => {
    expect(kindsOfProduct(byId("osquery-macos-es"))).toContain("macos-osquery:es_process_events");
    expect(kindsOfProduct(byId("osquery-macos-es"))).not.toContain("macos-osquery:socket_events");
  });
  test("families without a closed list are completed from what requirements ask for, and only those that carry something", () => {
    const asked = ["aws-cloudtrail:GetObject", "aws-cloudtrail:NoSuchOperation", "windows-sysmon:1"];
    const kinds = kindsOfProduct(byId("cloudtrail-data"), asked);
    expect(kinds).toContain("aws-cloudtrail:GetObject");
    expect(kinds).not.toContain("windows-sysmon:1");
    expect(kinds.filter((kind) => kind === "aws-cloudtrail:GetObject")).toHaveLength(1);
  });
});
