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
    const set = collectRules(file.name, file.text, reader);
    const stopped = !set.enabled ? "Auditing is switched off (-e 0)." : set.neverTask !== null ? `Line ${set.neverTask} (-a never,task) turns the recording of system calls off.` : null;
    if (stopped !== null) reader.off({ logSource: LOG, channel: carryingCalls().join(", "), where: "the whole file", line: set.neverTask }, stopped);
    else sayRules(set, reader);
    return reader.finish({ whole: set.deletesAll });
  },
};

/** The kernel tries exit rules in their order and the first that matches decides, so a never rule restricts what stands behind it. */
function sayRules(set: RuleSet, reader: ConfigurationReader): void {
  const calls = new Map<string, Asked[]>();
  const never: StandingRule[] = [];
  for (const rule of set.rules) {
    if (rule.action === "never") {
      never.push(rule);
      continue;
    }
    const wanted = rule.conditions.length === 0 ? "" : `only where ${rule.conditions.join(" and ")}`;
    const unwatched = never.filter(({ watch }) => watch !== null && watch.path !== rule.watch?.path).map(({ watch, line }) => `not for ${watch?.path ?? ""} (line ${line})`);
    const barring = never.filter(({ watch }) => watch === null);
    if (rule.watch !== null) {
      sayWatch(reader, rule, [wanted, ...barring.filter(({ syscalls }) => syscalls.length === 0).map(sayNever), ...unwatched]);
      continue;
    }
    for (const call of rule.syscalls.length > 0 ? rule.syscalls : carryingCalls()) {
      const hit = barring.filter((earlier) => concerns(earlier, call, rule.arch));
      const condition = joined([wanted, ...hit.map(sayNever), ...unwatched]);
      const asked = calls.get(call) ?? [];
      asked.push({ rule, condition, barred: hit.some(({ conditions }) => conditions.length === 0) });
      calls.set(call, asked);
    }
  }
  for (const [call, asked] of calls) sayCall(reader, call, asked, set.excludedTypes);
  for (const { line, syscalls, conditions, watch } of never) {
    reader.losses.add("off", `line ${line}`, `Line ${line} says never for ${watch?.path ?? (syscalls.join(", ") || "every system call")}${conditions.length > 0 ? ` where ${conditions.join(" and ")}` : ""}; only rules after it are restricted.`);
  }
  const harmless = set.excludedTypes.filter((type) => !Object.hasOwn(NEEDED_TYPES, type));
  if (harmless.length > 0) reader.losses.add("unused", "exclude", `Records of the types ${harmless.join(", ")} are thrown away; no claim here rests on them.`);
}

interface Asked {
  readonly rule: StandingRule;
  readonly condition: string;
  readonly barred: boolean; // a never rule without conditions stands before it
}

/** Record types without which a system call says little, and what is then missing. */
const NEEDED_TYPES: Readonly<Record<string, { readonly calls: (call: string) => boolean; readonly lost: string }>> = {
  EXECVE: { calls: (call) => call.startsWith("execve"), lost: "without arguments: EXECVE records are thrown away" },
  PATH: { calls: (call) => LETTERS.some((letter) => PERMISSION_CALLS[letter].includes(call)), lost: "without file names: PATH records are thrown away" },
  SOCKADDR: { calls: (call) => ["connect", "accept", "accept4", "bind", "sendto", "sendmsg"].includes(call), lost: "without addresses: SOCKADDR records are thrown away" },
  SYSCALL: { calls: () => true, lost: "SYSCALL records are thrown away" },
};

function sayCall(reader: ConfigurationReader, call: string, asked: readonly Asked[], excluded: readonly string[]): void {
  if (componentsOfKind(kindId("linux-auditd", call)).length === 0) {
    reader.losses.add("unused", call, `No data component of ATT&CK rests on the system call ${call}; the rule is kept with the file only.`);
    return;
  }
  const open = asked.filter(({ barred }) => !barred);
  const lines = [...new Set(asked.map(({ rule }) => rule.line))];
  const [first] = asked;
  const fact = { logSource: LOG, channel: call, where: `line${lines.length > 1 ? "s" : ""} ${lines.slice(0, 20).join(", ")}`, line: first?.rule.line ?? null, row: first?.rule.row };
  if (open.length === 0 || excluded.includes("SYSCALL")) {
    reader.off(fact, open.length === 0 ? "A never rule before it takes every record." : "An exclude rule throws SYSCALL records away.");
    return;
  }
  const conditions = open.map(({ condition }) => condition);
  const lost = [...new Set(excluded)].filter((type) => NEEDED_TYPES[type]?.calls(call)).map((type) => NEEDED_TYPES[type]?.lost ?? "");
  reader.claim({ ...fact, condition: joined([conditions.includes("") ? "" : [...new Set(conditions)].join("; or "), sayWidth(call, open), ...lost]) });
}

/** A rule speaks of programs of one width; a rule without arch is resolved for the machine's own. */
function sayWidth(call: string, asked: readonly Asked[]): string {
  const has = (arch: "b64" | "b32"): boolean => asked.some(({ rule }) => rule.arch === arch || rule.arch === null);
  if (has("b64") && !has("b32") && syscallExists(call, "b32")) return "64-bit programs only: no rule for arch=b32";
  if (!has("b64") && syscallExists(call, "b64")) return "32-bit programs only: no rule for arch=b64";
  return "";
}

function sayWatch(reader: ConfigurationReader, rule: StandingRule, others: readonly string[]): void {
  const { path, permissions } = rule.watch ?? { path: "", permissions: "" };
  for (const letter of LETTERS) {
    if (!permissions.includes(letter)) continue;
    reader.claim({ logSource: LOG, channel: PERMISSION_CALLS[letter].join(", "), condition: joined([`only where ${path} is ${PERMISSIONS[letter]}`, ...others]), where: `line ${rule.line}`, line: rule.line, row: rule.row });
  }
}

function concerns(never: StandingRule, call: string, arch: StandingRule["arch"]): boolean {
  if (never.arch !== null && arch !== null && never.arch !== arch) return false;
  return never.syscalls.length === 0 || never.syscalls.includes(call);
}

function sayNever({ line, conditions }: StandingRule): string {
  return conditions.length === 0 ? `line ${line} says never` : `not where ${conditions.join(" and ")} (line ${line})`;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("; ");
}
