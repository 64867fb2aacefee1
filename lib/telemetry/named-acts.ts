import { membersOfClass } from "./equivalence";
import type { RecordKindId } from "./types";

/*
 * Many channels name no record but say which act is meant: "Execution of launchctl with suspicious arguments" is a process
 * start, whoever reports it. Only acts that the component itself speaks of count, and only for sources that watch a host or
 * a wire: the logs of applications, hypervisors and services say things their own way.
 */
const FAMILIES = new Set(["macos-unifiedlog", "macos-esf", "macos-osquery", "macos-fs", "linux-auditd", "linux-osquery", "linux-sysmon", "linux-ebpf", "windows-sysmon", "edr-generic", "edr-defender", "edr-crowdstrike", "edr-santa", "edr-jamf", "mobile-edr", "nsm-zeek", "firewall"]);

const ACTS: Readonly<Record<string, readonly (readonly [RegExp, readonly string[]])[]>> = {
  DC0032: [[/\b(exec|execs|execve|execution|execut(?:ed|es|ing)|launch(?:ed|es|ing)?|spawn(?:s|ed|ing)?|invocation|process (?:creation|created|start))\b/i, ["DC0032/process-start"]]],
  DC0064: [[/\b(exec|execve|execution|execut(?:ed|es|ing)|invocation|invoking|command|commands|command[- ]line)\b/i, ["DC0064/command-line"]]],
  DC0039: [[/\b(creat(?:e|ed|es|ion|ions|ing)|new files?|written|writes?|drops?)\b/i, ["DC0039/file-create", "DC0039/file-rename"]]],
  DC0061: [[/\b(modif(?:y|ied|ies|ication|ications|ying)|writes?|written|overwrit(?:e|es|ten)|append|replac(?:e|ed|ement))\b/i, ["DC0061/file-write", "DC0061/file-rename"]]],
  DC0055: [[/\b(access(?:es|ed|ing)?|reads?|reading|open(?:s|ed|ing)?)\b/i, ["DC0055/file-open"]]],
  DC0040: [[/\b(delet(?:e|ed|es|ion)|remov(?:e|ed|al)|unlink|rm)\b/i, ["DC0040/file-delete"]]],
  DC0082: [[/\b(connect(?:ion|ions|s)?|outbound|egress)\b/i, ["DC0082/connection"]]],
  DC0078: [[/\b(flows?|connections?|outbound|egress|sessions?)\b/i, ["DC0078/flow"]]],
};

/** The equivalence classes of the act that a channel's words name ("DC0032/process-start"); none for other words, components and sources. */
export function namedActs(family: string, componentId: string, channel: string): readonly string[] {
  if (!FAMILIES.has(family)) return [];
  return ACTS[componentId]?.find(([words]) => words.test(channel))?.[1] ?? [];
}

/** The record kinds that report these acts. */
export function kindsOfActs(classes: readonly string[]): readonly RecordKindId[] {
  return classes.flatMap(membersOfClass);
}
