import { componentByName } from "@/lib/telemetry/component-index";
import former from "./former-components.json";

const FORMER = new Map(Object.entries(former).map(([from, to]) => [from.toLowerCase(), to]));
// Withdrawn in ATT&CK 18, still listed there with their numbers: no analytic names them.
const WITHDRAWN = new Set(["cluster metadata", "container metadata", "pod metadata"]);
const OWN_SUFFIX = /\s*\[DeTT&CT data source\]$/i;
const OWN_NAMES = new Set(["web", "email", "internal dns", "dhcp"]);

export type DettectComponent =
  | { readonly kind: "component"; readonly name: string }
  | { readonly kind: "mapped"; readonly name: string; readonly why: string }
  | { readonly kind: "own" | "withdrawn" | "unknown" };

/**
 * What a DeTT&CT data source name is in ATT&CK: a data component of today; one of an older spelling ("Process: Process
 * Creation" of releases 9 to 17, or a data source of releases before 9 where one component is its core); a source that DeTT&CT
 * added itself; or a name that no longer exists.
 */
export function dettectComponent(name: string): DettectComponent {
  const key = name.trim().replace(/\s+/g, " ").toLowerCase();
  if (WITHDRAWN.has(key)) return { kind: "withdrawn" };
  const present = componentByName(name);
  if (present) return { kind: "component", name: present.name };
  if (OWN_SUFFIX.test(key) || OWN_NAMES.has(key)) return { kind: "own" };
  const behind = componentByName(name.slice(name.indexOf(":") + 1));
  if (name.includes(":") && behind) return { kind: "mapped", name: behind.name, why: "ATT&CK 9 to 17 wrote it as source: component" };
  const older = FORMER.get(key);
  if (older !== undefined) return { kind: "mapped", name: older, why: "a data source of ATT&CK before release 9, which spoke of several components; only this one is taken over" };
  return { kind: "unknown" };
}
