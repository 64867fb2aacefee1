import type { DeployedLine, PackedDeployed } from "@/lib/reports/deployed-view";
import { openLines } from "@/lib/shared/packed-lines";

const DEPLOYMENTS = ["both", "siem-only", "ours-only"] as const satisfies readonly DeployedLine["deployment"][];
const RUNS = ["runs", "disabled", "not stated"] as const satisfies readonly DeployedLine["runs"][];
const RAN = ["ran", "never ran", "not stated"] as const satisfies readonly DeployedLine["ran"][];
const ALERTED = ["alerted", "no alert known"] as const satisfies readonly DeployedLine["alerted"][];
const FIRES = ["can fire", "cannot fire anywhere", "not checked", "no rule of ours"] as const satisfies readonly DeployedLine["fires"][];

/** The lines of a packed list of deployed rules. */
export function unpackDeployed(packed: PackedDeployed): DeployedLine[] {
  const column = openLines(packed);
  const [id, name, system, schedule, lastRun] = [column("id", String), column("name", String), column("system", String), column("schedule", String), column("lastRun", String)];
  const [lastAlert, ruleId, title, matchedBy, level] = [column("lastAlert", String), column("ruleId", String), column("title", String), column("matchedBy", String), column("level", String)];
  const deployment = column("deployment", (text) => DEPLOYMENTS.find((one) => one === text) ?? "siem-only");
  const runs = column("runs", (text) => RUNS.find((one) => one === text) ?? "not stated");
  const ran = column("ran", (text) => RAN.find((one) => one === text) ?? "not stated");
  const alerted = column("alerted", (text) => ALERTED.find((one) => one === text) ?? "no alert known");
  const fires = column("fires", (text) => FIRES.find((one) => one === text) ?? "not checked");
  const tags = column("tags", (text): readonly string[] => (text === "" ? [] : text.split("\n")));
  return Array.from({ length: packed.size }, (_, at) => {
    const rule = ruleId(at);
    return {
      id: id(at) || rule, name: name(at), deployment: deployment(at), system: system(at), runs: runs(at), schedule: schedule(at), lastRun: lastRun(at), ran: ran(at), lastAlert: lastAlert(at), alerted: alerted(at),
      ruleId: rule === "" ? null : rule, title: rule === "" ? "" : title(at) || name(at), matchedBy: matchedBy(at), fires: fires(at), level: level(at), tags: tags(at),
    };
  });
}
