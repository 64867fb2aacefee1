import { z } from "zod";
import type { FieldRequirement } from "./types";
import table from "./components.json";

/**
 * A data component: how it comes into being and which canonical fields make a record of it usable.
 * event: a record is written when it happens; state: a periodic snapshot also counts; external: collected outside the fleet.
 */
export interface Component extends FieldRequirement {
  readonly id: string; // DC0032
  readonly name: string;
  readonly kind: "event" | "state" | "external";
  readonly recommended: readonly string[];
  readonly why: string;
}

const Row = z.object({
  id: z.string().regex(/^DC\d{4}$/),
  name: z.string(),
  kind: z.enum(["event", "state", "external"]),
  required: z.array(z.string()),
  anyOf: z.array(z.array(z.string())),
  recommended: z.array(z.string()),
  why: z.string(),
});

/** Every component of the enterprise, mobile and ICS releases 19.1, by name. */
export const COMPONENTS: readonly Component[] = z.array(Row).parse(table);

const BY_ID = new Map(COMPONENTS.map((component) => [component.id, component]));
const BY_NAME = new Map(COMPONENTS.map((component) => [foldComponent(component.name), component]));

/** The component with this DC id ("DC0032"), or null: a newer release may bring one that this table does not know. */
export function componentById(id: string): Component | null {
  return BY_ID.get(id) ?? null;
}

/** The component of this name or DC id, in any case and spacing, or null. */
export function componentByName(name: string): Component | null {
  return BY_NAME.get(foldComponent(name)) ?? BY_ID.get(name.trim().toUpperCase()) ?? null;
}

function foldComponent(name: string): string {
  return name.trim().replace(/\s+/g, " ").toLowerCase();
}
