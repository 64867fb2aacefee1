import type { RecordKindId } from "./types";
import { splitKind } from "./record-kinds";
import { NEVER_LOGGED } from "./cloud-operations";

/** Why a record that a reference asks for does not exist, what to collect instead, and who says so. */
export interface NotProducible {
  readonly reason: string;
  readonly substitute: string;
  readonly source: string;
  readonly classes?: readonly string[]; // the acts it would have reported, where the record has no place in the classes
  readonly families?: readonly string[]; // sources whose records of the component stand in, where no act is named
}

const ES_NETWORK: NotProducible = {
  reason: "Endpoint Security has no event for IP connections: its list of notify events knows only UNIX sockets (uipc_bind, uipc_connect)",
  substitute: "connection records of an EDR with a Network Extension, or of a network sensor (Zeek conn) joined by address and time",
  source: "Apple SDK, EndpointSecurity/ESTypes.h (es_event_type_t)",
  classes: ["DC0082/connection"],
};

const MAC_PROCESS_EVENTS: NotProducible = {
  reason: "osquery's process_events on macOS reads OpenBSM, which is documented for macOS 10.15 and older",
  substitute: "osquery es_process_events (Endpoint Security)",
  source: "osquery documentation, Process Auditing, table of event sources by platform",
};

const MAC_SOCKET_EVENTS: NotProducible = {
  reason: "osquery's socket_events on macOS reads OpenBSM, which is documented for macOS 10.15 and older, and no Endpoint Security table replaces it",
  substitute: "connection records of an EDR with a Network Extension, or of a network sensor (Zeek conn) joined by address and time",
  source: "osquery documentation, Process Auditing, table of event sources by platform",
};

const MAC_USER_EVENTS: NotProducible = {
  reason: "osquery's user_events on macOS reads OpenBSM, which is documented for macOS 10.15 and older",
  substitute: "Endpoint Security authentication, login_login, openssh_login, su and sudo",
  source: "osquery documentation, Process Auditing, table of event sources by platform",
  classes: ["DC0002/host-authentication", "DC0067/logon"],
};

const AUDIT_MMAP: NotProducible = {
  reason: "audit's MMAP record holds a file descriptor and flags, never the name of the library mapped",
  substitute: "an eBPF or EDR sensor that reports library loads; audit rules on library folders show the opening of the file, not its loading",
  source: "Linux kernel, include/uapi/linux/audit.h (AUDIT_MMAP: record showing descriptor and flags in mmap)",
};

const FLOW_CONTENT: NotProducible = {
  reason: "A flow log counts the packets and bytes between two addresses: nothing of what was sent is in it",
  substitute: "traffic mirroring to a network sensor (Zeek, Suricata)",
  source: "AWS, VPC Flow Logs, available fields; Microsoft, virtual network flow logs; Google, VPC Flow Logs record format; RFC 7011",
  families: ["nsm-zeek", "nsm-suricata", "nsm-packetbeat"],
};
const FLOW_LOGS = new Set(["aws-other:vpcflow", "gcp:vpcflow", "azure-activity:NetworkSecurityGroupFlowEvent", "azure-activity:FlowLogFlowEvent", "vcenter-nsx:nsx-flow", "netflow:flow", "netflow:sample", "nsm-zeek:netflow"]);

const LINUX_SYSMON: NotProducible = {
  reason: "Sysmon for Linux writes the events 1, 3, 4, 5, 9, 11, 16, 23 and 255 only",
  substitute: "an eBPF or EDR sensor, or audit rules for the same act",
  source: "Sysmon for Linux, list of supported events (microsoft/SysmonForLinux)",
};
const LINUX_SYSMON_EVENTS = new Set(["1", "3", "4", "5", "9", "11", "16", "23", "255"]);

const ES_NETWORK_EVENTS = new Set(["connect", "connection", "socket", "bind", "listen", "accept", "network_connect"]);

/** Why no record of this kind is ever written for this component; null where nothing speaks against it. */
export function notProducible(kind: RecordKindId, componentId: string): NotProducible | null {
  if (componentId === "DC0085" && FLOW_LOGS.has(kind)) return FLOW_CONTENT;
  const { family, key } = splitKind(kind);
  if (family === "macos-esf" && ES_NETWORK_EVENTS.has(key)) return ES_NETWORK;
  if (family === "linux-sysmon" && !LINUX_SYSMON_EVENTS.has(key)) return LINUX_SYSMON;
  if (family === "macos-osquery" && key === "process_events") return MAC_PROCESS_EVENTS;
  if (family === "macos-osquery" && key === "socket_events") return MAC_SOCKET_EVENTS;
  if (family === "macos-osquery" && key === "user_events") return MAC_USER_EVENTS;
  if (family === "linux-auditd" && (key === "mmap" || key === "MMAP")) return componentId === "DC0016" ? AUDIT_MMAP : null;
  if (family === "aws-cloudtrail") return NEVER_LOGGED.get(key) ?? null;
  return null;
}
