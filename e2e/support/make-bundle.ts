/**
 * A catalog of invented techniques, strategies and analytics, small enough to know every answer by heart. Only the ids of two
 * data components and the names of Endpoint Security and Sysmon events are real: they decide what a record proves.
 */
type StixObject = Readonly<Record<string, unknown>>;
type LogSource = readonly [component: string, name: string, channel: string];

export const RELEASE = "90.1";
export const EXEC: LogSource = ["DC0032", "macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_EXEC"];
export const CREATE: LogSource = ["DC0039", "macos:endpointsecurity", "ES_EVENT_TYPE_NOTIFY_CREATE"];
export const SYSMON_1: LogSource = ["DC0032", "WinEventLog:Sysmon", "EventCode=1"];

/** AN9001 macOS: a process start. AN9002 macOS: a process start and a file creation. AN9003 Windows: a process start. */
export function makeBundle(): Buffer {
  const objects = [
    object("x-mitre-collection", "collection", "Invented collection", { external_references: [], x_mitre_version: RELEASE }),
    object("x-mitre-matrix", "enterprise-attack", "Invented matrix", { tactic_refs: ["x-mitre-tactic--TA9001"] }),
    object("x-mitre-tactic", "TA9001", "Invented tactic", { x_mitre_shortname: "invented-tactic" }),
    component("DC0032", "Process Creation", [EXEC, SYSMON_1]),
    component("DC0039", "File Creation", [CREATE]),
    ...chain("1", "Run a tool", "macOS", [EXEC]),
    ...chain("2", "Run a tool that writes", "macOS", [EXEC, CREATE]),
    ...chain("3", "Run a program", "Windows", [SYSMON_1]),
  ];
  return Buffer.from(JSON.stringify({ type: "bundle", id: "bundle--90", objects }));
}

/** Technique T900n, strategy DET900n and analytic AN900n of one platform, linked. */
function chain(n: string, name: string, platform: string, sources: readonly LogSource[]): StixObject[] {
  return [
    object("attack-pattern", `T900${n}`, name, { x_mitre_platforms: [platform], kill_chain_phases: [{ kill_chain_name: "mitre-attack", phase_name: "invented-tactic" }] }),
    object("x-mitre-detection-strategy", `DET900${n}`, `Detect: ${name}`, { x_mitre_analytic_refs: [`x-mitre-analytic--AN900${n}`] }),
    object("x-mitre-analytic", `AN900${n}`, `Analytic 900${n}`, {
      description: `Watches for: ${name}.`,
      x_mitre_platforms: [platform],
      x_mitre_log_source_references: sources.map(([id, source, channel]) => ({ x_mitre_data_component_ref: `x-mitre-data-component--${id}`, name: source, channel })),
      x_mitre_mutable_elements: [{ field: "TimeWindow", description: "How long." }],
    }),
    { ...object("relationship", `DET900${n}-T900${n}`, "", {}), relationship_type: "detects", source_ref: `x-mitre-detection-strategy--DET900${n}`, target_ref: `attack-pattern--T900${n}` },
  ];
}

function component(id: string, name: string, sources: readonly LogSource[]): StixObject {
  return object("x-mitre-data-component", id, name, { description: "What is recorded.", x_mitre_log_sources: sources.map(([, source, channel]) => ({ name: source, channel })) });
}

function object(type: string, id: string, name: string, more: StixObject): StixObject {
  return {
    type,
    spec_version: "2.1",
    id: `${type}--${id}`,
    created: "2025-01-01T00:00:00.000Z",
    modified: "2025-02-01T00:00:00.000Z",
    name,
    x_mitre_version: "1.0",
    x_mitre_domains: ["enterprise-attack"],
    external_references: [{ source_name: "mitre-attack", external_id: id }],
    ...more,
  };
}
