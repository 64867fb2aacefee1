import type { ScoringInput } from "@/lib/assessment/scoring-input";
import subcategories from "@/lib/inventory/formats/auditpol/subcategories.json";
import { kindId } from "@/lib/telemetry/record-kinds";
import { kindsOfProduct, PRODUCTS, type Product } from "@/lib/telemetry/products";
import type { Addition } from "./telemetry-what-if";

/** One product per subcategory of the Windows audit policy that writes a record which carries a data component. */
const AUDIT: readonly Product[] = Object.entries(subcategories).map(([guid, { name, category, success, failure }]) => ({
  id: `audit-${guid.toLowerCase()}`,
  group: "Windows audit policy",
  name: `Windows audit: ${name}`,
  configuration: `${category}: success and failure`,
  platforms: ["Windows"],
  take: [...new Set([...success, ...failure])].map((event) => kindId("windows-security", event)),
  why: "What the subcategory writes into the Security log; object access also needs a SACL on the object, command lines a policy of their own.",
  source: "Microsoft, advanced security audit policy settings",
}));

const ALL_AUDIT: Product = {
  id: "audit-all",
  group: "Windows audit policy",
  name: "Windows audit: every subcategory",
  configuration: "All subcategories, success and failure",
  platforms: ["Windows"],
  take: ["windows-security:*"],
  why: "The most that the Security log can hold; the volume of object access and filtering events is large.",
  source: "Microsoft, advanced security audit policy settings",
};

/** Everything that can be thought with, in the order of groups. */
export function listProducts(): readonly Product[] {
  return [...PRODUCTS, ALL_AUDIT, ...AUDIT.filter((product) => kindsOfProduct(product).length > 0)];
}

/** Record kinds that the requirements of an input accept: open families are completed from them. */
export function askedKinds(input: Pick<ScoringInput, "acceptSets">): string[] {
  return [...new Set(input.acceptSets.flatMap((set) => set.map(({ kind }) => kind)))];
}

/** A product in every segment that has one of its platforms, or in one of them. */
export function additionsOf(input: ScoringInput, product: Product, kinds: readonly string[], segment: string | null): Addition[] {
  return input.segments
    .filter(({ id, platforms }) => (segment === null || id === segment) && platforms.some(({ name }) => product.platforms.includes(name)))
    .map(({ id }) => ({ segment: id, name: product.name, kinds, hosts: null }));
}
