import { componentById } from "@/lib/telemetry/component-index";
import { componentsOfKind, splitKind } from "@/lib/telemetry/record-kinds";

const PROCESS_CREATION = "DC0032";
const NETWORK_CONNECTION = "DC0082";

/** What a record kind is to the probes; follows from the tables of record kinds, never from the fields of a record. */
export interface KindTraits {
  readonly kind: string;
  readonly family: string;
  readonly components: readonly string[]; // DC ids
  readonly starts: boolean; // a process start
  readonly connects: boolean; // a network connection
  readonly namesUser: boolean; // some component it carries asks for the user
}

/** @param kind "family:key" */
export function kindTraits(kind: string): KindTraits {
  const components = componentsOfKind(kind);
  return {
    kind,
    family: splitKind(kind).family,
    components,
    starts: components.includes(PROCESS_CREATION),
    connects: components.includes(NETWORK_CONNECTION),
    namesUser: components.some((id) => componentById(id)?.required.includes("user") ?? false),
  };
}

// Sensors on the wire and cloud flow logs see addresses: that they name no process is their nature and no fault.
const WIRE = new Set(["nsm-zeek", "nsm-suricata", "netflow", "firewall", "network-device", "aws-other", "vcenter-nsx"]);

/** Whether a family watches the network from outside the hosts. */
export function seesWireOnly(family: string): boolean {
  return WIRE.has(family);
}
