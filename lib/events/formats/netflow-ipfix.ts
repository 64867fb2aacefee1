import { put, type FieldBag } from "../fill-fields";
import { isJsonObject, type JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime } from "../time/read-time";
import { protocolName } from "./flow/protocol-name";
import { readFlowTime } from "./flow/read-flow-time";
import { localAddressOf } from "./zeek/map-row";

/**
 * Flow records as JSON: IANA element names of IPFIX with or without a prefix (ipfixcol2, YAF, Logstash), nfdump, pmacct,
 * goflow2. The key is "flow", or "sample" for sFlow: a packet picked from many, not a connection. Exporters count what they
 * saw of the sender's direction: bytes out of the source. What stands for a host is the local end.
 */
export const netflowIpfix = jsonFormat({
  id: "netflow-ipfix",
  label: "NetFlow and IPFIX (JSON)",
  extensions: [".json", ".ndjson"],
  record: "a flow record",
  evidence: ["source and destination address of IPFIX, nfdump, pmacct or goflow2", "octet or packet counts"],
  isMine: (value) => dialectOf(value) !== null,
  map: (value, limits) => {
    const dialect = dialectOf(value);
    return dialect === null ? null : [mapFlow(dialect.flow, dialect.names, limits.zone)];
  },
});

/** Names of one collector, the first present of each wins. */
interface Names {
  readonly src: readonly string[];
  readonly dst: readonly string[];
  readonly srcPort: readonly string[];
  readonly dstPort: readonly string[];
  readonly proto: readonly string[];
  readonly bytes: readonly string[];
  readonly back: readonly string[];
  readonly packets: readonly string[];
  readonly start: readonly string[];
  readonly end: readonly string[];
  readonly direction: readonly string[];
  readonly sampling: readonly string[];
}

const IPFIX: Names = {
  src: ["sourceIPv4Address", "sourceIPv6Address"],
  dst: ["destinationIPv4Address", "destinationIPv6Address"],
  srcPort: ["sourceTransportPort", "udpSourcePort", "tcpSourcePort"],
  dstPort: ["destinationTransportPort", "udpDestinationPort", "tcpDestinationPort"],
  proto: ["protocolIdentifier"],
  bytes: ["octetDeltaCount", "octetTotalCount"],
  back: ["reverseOctetDeltaCount", "reverseOctetTotalCount"],
  packets: ["packetDeltaCount", "packetTotalCount"],
  start: ["flowStartMilliseconds", "flowStartMicroseconds", "flowStartNanoseconds", "flowStartSeconds", "observationTimeMilliseconds"],
  end: ["flowEndMilliseconds", "flowEndMicroseconds", "flowEndNanoseconds", "flowEndSeconds"],
  direction: ["flowDirection"],
  sampling: ["samplingInterval", "samplingPacketInterval"],
};
// nfdump 1.6 writes t_first and t_last, 1.7 first and last; both in the collector's local time without a zone.
const NFDUMP: Names = {
  src: ["src4_addr", "src6_addr"], dst: ["dst4_addr", "dst6_addr"], srcPort: ["src_port"], dstPort: ["dst_port"], proto: ["proto"], bytes: ["in_bytes"], back: ["out_bytes"], packets: ["in_packets"],
  start: ["first", "t_first"], end: ["last", "t_last"], direction: ["direction"], sampling: [],
};
// pmacct writes local time, or epochs where timestamps_since_epoch is set.
const PMACCT: Names = {
  src: ["ip_src"], dst: ["ip_dst"], srcPort: ["port_src"], dstPort: ["port_dst"], proto: ["ip_proto"], bytes: ["bytes"], back: [], packets: ["packets"],
  start: ["timestamp_start", "stamp_inserted", "timestamp_min"], end: ["timestamp_end", "stamp_updated", "timestamp_max"], direction: [], sampling: ["sampling_rate"],
};
// goflow2: snake case in version 2, capitals in version 1 (whole seconds).
const GOFLOW: Names = {
  src: ["src_addr", "SrcAddr"], dst: ["dst_addr", "DstAddr"], srcPort: ["src_port", "SrcPort"], dstPort: ["dst_port", "DstPort"], proto: ["proto", "Proto"], bytes: ["bytes", "Bytes"], back: [], packets: ["packets", "Packets"],
  start: ["time_flow_start_ns", "TimeFlowStart", "time_received_ns", "TimeReceived"], end: ["time_flow_end_ns", "TimeFlowEnd"], direction: ["flow_direction"], sampling: ["sampling_rate", "SamplingRate"],
};

function dialectOf(value: JsonObject): { readonly flow: JsonObject; readonly names: Names } | null {
  const flow = unprefixed(isJsonObject(value["flows"]) ? value["flows"] : isJsonObject(value["netflow"]) ? value["netflow"] : value);
  const has = (names: readonly string[]) => names.some((name) => name in flow);
  if (has(IPFIX.src) && has(IPFIX.dst)) return { flow, names: IPFIX };
  if (has(NFDUMP.src) && has(NFDUMP.dst) && "in_packets" in flow) return { flow, names: NFDUMP };
  if (has(PMACCT.src) && has(PMACCT.dst) && "packets" in flow) return { flow, names: PMACCT };
  const collected = "sampler_address" in flow || "SamplerAddress" in flow || "time_flow_start_ns" in flow || "TimeFlowStart" in flow;
  return collected && has(GOFLOW.src) && has(GOFLOW.dst) ? { flow, names: GOFLOW } : null;
}

const PREFIX = /^(?:iana|ipfix)[:.]/;

/** "iana:sourceIPv4Address" -> "sourceIPv4Address": collectors put the enterprise before the element. */
function unprefixed(flow: JsonObject): JsonObject {
  const prefixed = Object.keys(flow).some((key) => PREFIX.test(key));
  return prefixed ? Object.fromEntries(Object.entries(flow).map(([key, item]) => [key.replace(PREFIX, ""), item])) : flow;
}

function mapFlow(flow: JsonObject, names: Names, zone: string): Mapped {
  const fields: FieldBag = {};
  const first = (list: readonly string[]): unknown => list.map((name) => flow[name]).find((item) => item !== undefined && item !== null && item !== "");
  const src = first(names.src);
  const dst = first(names.dst);
  put(fields, "src_ip", src);
  put(fields, "dst_ip", dst);
  put(fields, "src_port", first(names.srcPort));
  put(fields, "dst_port", first(names.dstPort));
  put(fields, "proto", protocolName(first(names.proto)));
  put(fields, "bytes_out", first(names.bytes));
  put(fields, "bytes_in", first(names.back));
  put(fields, "packets", first(names.packets));
  put(fields, "direction", directionOf(first(names.direction)));
  const start = firstTime(...names.start.map((name) => readFlowTime(flow[name], name, zone)));
  const end = firstTime(...names.end.map((name) => readFlowTime(flow[name], name, zone)));
  if ("time" in start && "time" in end) put(fields, "duration", Math.max(0, end.time.ms - start.time.ms) / 1000);
  const sampling = Number(first(names.sampling));
  const sampled = typeof flow["type"] === "string" ? flow["type"] : flow["Type"];
  return {
    time: firstTime(start, end),
    host: localAddressOf(src, dst),
    family: "netflow",
    key: typeof sampled === "string" && /^SFLOW/i.test(sampled) ? "sample" : "flow",
    fields,
    facts: { ...(sampling > 1 ? { sampled: sampling } : {}), ...("time" in end ? { written: end.time.ms } : {}) },
  };
}

/** IANA element 61: 0 ingress, 1 egress. */
function directionOf(value: unknown): unknown {
  return value === 0 || value === "0" ? "ingress" : value === 1 || value === "1" ? "egress" : value;
}
