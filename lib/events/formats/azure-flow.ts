import { put, type FieldBag } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { readEpochSeconds, readEpochUnits } from "../time/read-time";
import { objectsAt, textAt, valueAt } from "./cloud/value-at";

/**
 * Azure flow logs of network security groups (version 1 and 2: properties.flows) and of virtual networks (flowRecords).
 * One object holds many flows; each tuple is a record. What stands for a host is the subscription.
 */
export const azureFlow = jsonFormat({
  id: "azure-flow",
  label: "Azure NSG and virtual network flow logs",
  extensions: [".json"],
  record: "an object of Azure flow logs",
  evidence: ["category: NetworkSecurityGroupFlowEvent | FlowLogFlowEvent", "flowTuples"],
  isMine: isFlowObject,
  map: (value) => {
    if (!isFlowObject(value)) return null;
    const tuples = tuplesOf(value);
    return tuples.length > 0 ? tuples.map((tuple) => mapTuple(value, tuple)) : { skip: "no-flows" };
  },
});

function isFlowObject(value: JsonObject): boolean {
  return value["category"] === "NetworkSecurityGroupFlowEvent" || value["category"] === "FlowLogFlowEvent";
}

interface Tuple {
  readonly rule: string;
  readonly text: string;
}

function tuplesOf(value: JsonObject): readonly Tuple[] {
  // The envelope may have been taken off: its properties then stand beside it.
  const nsg = [...objectsAt(value, "properties.flows"), ...objectsAt(value, "flows")].flatMap((rule) => objectsAt(rule, "flows").flatMap((flow) => textsOf(flow["flowTuples"], rule["rule"])));
  const vnet = objectsAt(value, "flowRecords.flows").flatMap((acl) => objectsAt(acl, "flowGroups").flatMap((group) => textsOf(group["flowTuples"], group["rule"])));
  return [...nsg, ...vnet];
}

function textsOf(list: unknown, rule: unknown): readonly Tuple[] {
  return Array.isArray(list) ? list.filter((item) => typeof item === "string").map((text) => ({ rule: typeof rule === "string" ? rule : "", text })) : [];
}

const DECISIONS: Readonly<Record<string, string>> = { A: "allowed", D: "denied" };

/**
 * NSG: time (s), source, destination, ports, T|U, I|O, A|D[, state, packets out, bytes out, packets back, bytes back].
 * Virtual network: time (ms), source, destination, ports, protocol number, I|O, B|C|E|D, encryption, counters.
 */
function mapTuple(value: JsonObject, { rule, text }: Tuple): Mapped {
  const cells = text.split(",");
  const wide = value["category"] === "FlowLogFlowEvent";
  const fields: FieldBag = {};
  const cell = (at: number): string | undefined => cells[at];
  put(fields, "src_ip", cell(1));
  put(fields, "dst_ip", cell(2));
  put(fields, "src_port", cell(3));
  put(fields, "dst_port", cell(4));
  put(fields, "proto", { T: "tcp", U: "udp", "6": "tcp", "17": "udp" }[cell(5) ?? ""] ?? cell(5));
  put(fields, "direction", { I: "inbound", O: "outbound" }[cell(6) ?? ""]);
  put(fields, "fw_state", wide ? (cell(7) === "D" ? "denied" : "allowed") : DECISIONS[cell(7) ?? ""]);
  put(fields, "packets", cell(9));
  put(fields, "bytes_out", cell(10));
  put(fields, "bytes_in", cell(12));
  put(fields, "fw_rule", rule);
  const resource = textAt(value, "resourceId") ?? textAt(value, "flowLogResourceID");
  put(fields, "cloud_resource", resource);
  const subscription = /\/subscriptions\/([^/]+)/i.exec(resource ?? "")?.[1]?.toLowerCase() ?? null;
  put(fields, "cloud_account", subscription);
  return {
    time: wide ? readEpochUnits(cell(0), "flowTuples", "ms") : readEpochSeconds(cell(0), "flowTuples"),
    host: subscription,
    family: "azure-activity",
    key: String(value["category"]),
    fields,
    native: { category: value["category"], resourceId: resource, macAddress: valueAt(value, "macAddress"), rule, flowTuple: text },
  };
}
