import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { analytic, bundleText, component, soundObjects, strategy } from "@/lib/catalog/testing/small-bundle";

/** Files of a small fleet as people would write them: paths, by what they are. */
export interface SmallFleet {
  readonly bundle: string;
  readonly segments: string;
  readonly inventory: string;
  readonly events: string; // three process starts of Apple's eslogger, 2026-02-03T10:00Z to 10:02Z, without a host
}

/** Writes a catalogue of two analytics, five segments whose order depends on who sorts, one claim and one event file into a folder. */
export function writeSmallFleet(folder: string): SmallFleet {
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const objects = [
    ...soundObjects().filter(({ type }) => type !== "x-mitre-detection-strategy"),
    strategy("DET1", ["AN1", "AN2"]),
    component("DC0032", [["macos:endpointsecurity", "exec"]], { name: "Process Creation" }),
    analytic("AN2", "DET1", [["DC0032", "macos:endpointsecurity", "exec"]]),
  ];
  return {
    bundle: write("bundle.json", bundleText(objects)),
    segments: write("segments.csv", "name,platforms,assets,criticality\nzebra,macOS,4,3\nZoo,macOS,2,4\näpfel,macOS=3,3,5\nA-b,macOS,1,1\nab,macOS,1,1\n"),
    inventory: write("inventory.csv", "segment,source,product,log_source,channel,data_component,hosts_reporting,latency_p95_s,retention_days,basis,as_of,note\nZoo,agent,example,macos:endpointsecurity,exec,,2,,,configuration,2026-02-01,\n"),
    events: write("exec.ndjson", [0, 1, 2].map(execLine).join("\n")),
  };
}

function execLine(minute: number): string {
  const process = { executable: { path: "/bin/zsh" }, audit_token: { pid: 7, pidversion: 1, euid: 501 }, ppid: 1 };
  const target = { ...process, executable: { path: "/bin/ls" } };
  return JSON.stringify({
    schema_version: 1,
    version: 9,
    event_type: 9,
    action_type: 1,
    time: `2026-02-03T10:0${minute}:00.000Z`,
    seq_num: minute,
    global_seq_num: minute,
    process,
    event: { exec: { target, args: ["ls", "-l", `${minute}`], env: [], cwd: { path: "/" } } },
  });
}
