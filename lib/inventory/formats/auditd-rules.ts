import { syscallExists } from "@/lib/telemetry/linux-syscalls";
import { componentsOfKind, kindId } from "@/lib/telemetry/record-kinds";
import { startConfiguration, type ConfigurationReader } from "../start-configuration";
import { carryingCalls, collectRules, type RuleSet, type StandingRule } from "./auditd/collect-rules";
import PERMISSION_CALLS from "./auditd/permission-syscalls.json";
import type { InventoryFormat } from "./inventory-format";

const LOG = "auditd:SYSCALL";
const PERMISSIONS = { r: "read", w: "written", x: "executed", a: "changed in its attributes" } as const;
const LETTERS = ["r", "w", "x", "a"] as const;

/** Linux audit rules (audit.rules, rules.d, auditctl -l): which system calls are recorded, of whom, and which paths are watched. */
export const auditdRules: InventoryFormat = {
  id: "auditd-rules",
  label: "Linux audit rules",
  extensions: [".rules", ".conf", ".txt"],
  segment: "asked",
  guide: {
    proves: "Which system calls are recorded and for whom (fields, architectures), and which paths are watched for what.",
    not: "That auditd runs, that these rules are loaded, or that records leave the host. Records that programs write by themselves (USER_LOGIN, ADD_USER) need no rule and are not claimed.",
    obtain: [{ product: "Linux, as root", text: "auditctl -l\ncat /etc/audit/audit.rules" }],
  },

  sniff: ({ text }) => {
    const lines = text.split(/\r\n|\n|\r/).filter((line) => /\S/.test(line) && !/^\s*#/.test(line));
    const rules = lines.filter((line) => /^\s*(?:-[aAd]\s+[a-z_]+,[a-z_]+\b|-w\s+\/|-D\s*$|-[bfer]\s+\d+\s*$)/.test(line)).length;
    return { verdict: rules > 0 && rules * 2 >= lines.length ? "yes" : "no", evidence: [`${rules} lines of auditctl`] };
  },

  parse: (file, options) => {
    const reader = startConfiguration(file, options, { source: "Audit rules", product: "auditd", basis: "configuration" });
    const set = collectRules(file.text, reader);
    const stopped = !set.enabled ? "Auditing is switched off (-e 0)." : set.neverTask !== null ? `Line ${set.neverTask} (-a never,task) turns the recording of system calls off.` : null;
    if (stopped !== null) reader.off({ logSource: LOG, channel: carryingCalls().join(", "), where: "the whole file", line: set.neverTask }, stopped);
    else sayRules(set, reader);
    return reader.finish({ whole: set.deletesAll });
  },
};

function sayRules(set: RuleSet, reader: ConfigurationReader): void {
  const lost = set.excludedTypes.length === 0 ? "" : `records without ${[...new Set(set.excludedTypes)].join(", ")}, which an exclude rule throws away`;
  const calls = new Map<string, Asked[]>();
  const never: StandingRule[] = [];
  for (const rule of set.rules) {
    if (rule.action === "never") {
      never.push(rule);
      continue;
    }
    const unless = never.filter((earlier) => earlier.watch === null).map((earlier) => ({ earlier, text: sayNever(earlier) }));
    if (rule.watch !== null) sayWatch(reader, rule, [...unless.filter(({ earlier }) => earlier.syscalls.length === 0).map(({ text }) => text), ...never.flatMap((earlier) => sayUnwatched(earlier, rule)), lost]);
    else {
      for (const call of rule.syscalls.length > 0 ? rule.syscalls : carryingCalls()) {
        const hit = unless.filter(({ earlier }) => concerns(earlier, call, rule.arch));
        const barred = hit.some(({ earlier }) => earlier.conditions.length === 0);
        const condition = [rule.conditions.join(" and "), ...hit.map(({ text }) => text), ...never.flatMap((earlier) => sayUnwatched(earlier, rule)), lost].filter((part) => part !== "").join("; ");
        calls.set(call, [...(calls.get(call) ?? []), { line: rule.line, arch: rule.arch, condition, barred }]);
      }
    }
  }
  for (const [call, asked] of calls) sayCall(reader, call, asked);
  for (const { line, syscalls, conditions, watch } of never) {
    reader.losses.add("off", `line ${line}`, `Line ${line} says never for ${watch?.path ?? (syscalls.join(", ") || "every system call")}${conditions.length > 0 ? ` where ${conditions.join(" and ")}` : ""}; only rules after it are restricted.`);
  }
}

interface Asked {
  readonly line: number;
  readonly arch: StandingRule["arch"];
  readonly condition: string;
  readonly barred: boolean; // a never rule without conditions stands before it
}

function sayCall(reader: ConfigurationReader, call: string, asked: readonly Asked[]): void {
  if (componentsOfKind(kindId("linux-auditd", call)).length === 0) {
    reader.losses.add("unused", call, `No data component of ATT&CK rests on the system call ${call}; the rule is kept with the file only.`);
    return;
  }
  const open = asked.filter(({ barred }) => !barred);
  const lines = [...new Set(asked.map(({ line }) => line))];
  const fact = { logSource: LOG, channel: call, where: `line${lines.length > 1 ? "s" : ""} ${lines.slice(0, 20).join(", ")}`, line: lines[0] ?? null };
  if (open.length === 0) {
    reader.off(fact, "A never rule before it takes every record.");
    return;
  }
  const conditions = open.map(({ condition }) => condition);
  const base = conditions.includes("") ? "" : `only where ${[...new Set(conditions)].join("; or where ")}`;
  reader.claim({ ...fact, condition: [base, sayWidth(call, open)].filter((part) => part !== "").join("; ") });
}

/** A rule speaks of programs of one width; a rule without arch is resolved for the machine's own. */
function sayWidth(call: string, asked: readonly Asked[]): string {
  const has = (arch: "b64" | "b32"): boolean => asked.some((one) => one.arch === arch || one.arch === null);
  if (has("b64") && !has("b32") && syscallExists(call, "b32")) return "64-bit programs only: no rule for arch=b32";
  if (!has("b64") && syscallExists(call, "b64")) return "32-bit programs only: no rule for arch=b64";
  return "";
}

function sayWatch(reader: ConfigurationReader, rule: StandingRule, others: readonly string[]): void {
  const { path, permissions } = rule.watch ?? { path: "", permissions: "" };
  for (const letter of LETTERS) {
    if (!permissions.includes(letter)) continue;
    const condition = [`only where ${path} is ${PERMISSIONS[letter]}`, ...rule.conditions, ...others].filter((part) => part !== "").join("; ");
    reader.claim({ logSource: LOG, channel: PERMISSION_CALLS[letter].join(", "), condition, where: `line ${rule.line}`, line: rule.line });
  }
}

function concerns(never: StandingRule, call: string, arch: StandingRule["arch"]): boolean {
  if (never.arch !== null && arch !== null && never.arch !== arch) return false;
  return never.syscalls.length === 0 || never.syscalls.includes(call);
}

function sayNever({ line, conditions }: StandingRule): string {
  return conditions.length === 0 ? `line ${line} says never` : `not where ${conditions.join(" and ")} (line ${line})`;
}

function sayUnwatched(never: StandingRule, rule: StandingRule): readonly string[] {
  return never.watch === null || rule.watch?.path === never.watch.path ? [] : [`not for ${never.watch.path} (line ${never.line})`];
}
