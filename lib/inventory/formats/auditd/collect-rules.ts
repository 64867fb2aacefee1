import { SightlineError } from "@/lib/shared/errors";
import { isSyscallName, syscallName } from "@/lib/telemetry/linux-syscalls";
import { splitKind, kindsOfFamily } from "@/lib/telemetry/record-kinds";
import { shown } from "../../read-field";
import type { ConfigurationReader } from "../../start-configuration";
import { readRuleLine, type RuleLine } from "./read-rule-line";

/** An exit rule or a watch that stands when all lines are read, in the order in which the kernel tries them. */
export interface StandingRule {
  readonly line: number;
  readonly row: number; // of the rule among the lines that are none of blank or comment
  readonly action: "always" | "never";
  readonly arch: "b64" | "b32" | null; // null: the rule names none
  readonly syscalls: readonly string[]; // empty: of a watch, or all
  readonly watch: { readonly path: string; readonly permissions: string } | null;
  readonly conditions: readonly string[]; // fields as written, arch and key left out
}

export interface RuleSet {
  readonly rules: readonly StandingRule[];
  readonly enabled: boolean; // false: -e 0
  readonly deletesAll: boolean; // the file begins anew with -D
  readonly neverTask: number | null; // line of -a never,task, which turns every system call off
  readonly excludedTypes: readonly string[]; // record types thrown away
}

// Every rule is held against the never rules before it, so both are bounded; the kernel itself slows down long before.
const MAX_RULES = 3_000;
const MAX_NEVER = 200;

type Rule = Extract<RuleLine, { kind: "rule" }>;

/** Reads audit rules line by line into what stands at the end. Lines not understood are refused with their number. @throws SightlineError TOO_LARGE */
export function collectRules(file: string, text: string, reader: ConfigurationReader): RuleSet {
  let rules: (StandingRule & { readonly identity: string })[] = [];
  let enabled = true;
  let deletesAll = false;
  let neverTask: number | null = null;
  const excludedTypes: string[] = [];
  text.split(/\r\n|\n|\r/).forEach((content, index) => {
    const line = index + 1;
    const read = readRuleLine(content);
    if (read === null) return;
    const row = reader.nextRow();
    if (read.kind === "bad") reader.refuse(line, read.field, read.message, "Check the line with auditctl.");
    else if (read.kind === "delete-all") {
      if (rules.length > 0) reader.losses.add("off", `line ${line}`, `Line ${line} (-D) deletes the ${rules.length} rules before it.`);
      rules = [];
      neverTask = null;
      deletesAll = true;
    } else if (read.kind === "enabled") {
      enabled = read.value !== "0";
      if (read.value === "2") reader.losses.add("unused", "-e 2", "The rules are locked until a reboot (-e 2).");
    } else if (read.kind === "setting") reader.losses.add("unused", read.flag, `The setting ${read.flag} chooses no record; it is not taken over.`);
    else if (read.kind === "elsewhere") reader.losses.add("dropped", read.path, `Line ${line} reads more rules from ${shown(read.path)}, which is not part of this file.`);
    else if (read.kind === "watch") {
      const identity = `watch ${read.path} ${[...read.permissions].sort().join("")}`;
      if (read.remove) rules = without(rules, identity, line, reader);
      else rules.push({ identity, line, row, action: "always", arch: null, syscalls: [], watch: { path: read.path, permissions: read.permissions }, conditions: [] });
    } else if (read.list === "exclude") readExclude(read, excludedTypes, reader, line);
    else if (read.list === "task" && read.action === "never" && read.fields.length === 0 && read.change !== "delete") neverTask = line;
    else if (read.list !== "exit") reader.losses.add("unused", `list ${read.list}`, `Rules of the list ${read.list} ask for no system call; they are not taken over.`);
    else {
      const standing = toStanding(read, { line, row }, reader);
      if (standing === null) return;
      const identity = JSON.stringify([read.action, read.arch, [...read.syscalls].sort(), [...read.fields].sort()]);
      if (read.change === "delete") rules = without(rules, identity, line, reader);
      else if (read.change === "prepend") rules.unshift({ ...standing, identity });
      else rules.push({ ...standing, identity });
    }
  });
  if (rules.length > MAX_RULES || rules.filter(({ action }) => action === "never").length > MAX_NEVER) {
    throw new SightlineError("TOO_LARGE", `The file holds ${rules.length} rules; ${MAX_RULES} are read, ${MAX_NEVER} of them with never.`, { file, remedy: "Import the rules of one host." });
  }
  return { rules, enabled, deletesAll, neverTask, excludedTypes };
}

function without<T extends { readonly identity: string }>(rules: T[], identity: string, line: number, reader: ConfigurationReader): T[] {
  const kept = rules.filter((rule) => rule.identity !== identity);
  if (kept.length === rules.length) reader.refuse(line, "-d", "The line deletes a rule that the file does not add.", "Import the file together with the rules it changes.");
  return kept;
}

function readExclude(rule: Rule, types: string[], reader: ConfigurationReader, line: number): void {
  const named = rule.fields.map((field) => /^msgtype=([A-Z0-9_]+)$/.exec(field)?.[1]);
  if (rule.action === "never" || rule.change === "delete") return;
  for (const type of named) {
    if (type === undefined) reader.losses.add("unused", `line ${line}`, `Line ${line} throws records away by ${shown(rule.fields.join(" and "))}; which, only sample events tell.`);
    else types.push(type);
  }
}

function toStanding(rule: Rule, { line, row }: { readonly line: number; readonly row: number }, reader: ConfigurationReader): StandingRule | null {
  const arch = rule.arch === null ? null : archOf(rule.arch);
  if (arch === undefined) {
    reader.refuse(line, "arch", `${shown(rule.arch ?? "")} is no architecture that Sightline knows.`, "Write b64 or b32.");
    return null;
  }
  if (rule.action === "possible") {
    reader.losses.add("unused", `line ${line}`, `Line ${line} has the action possible, which writes nothing by itself.`);
    return null;
  }
  const path = rule.fields.find((field) => /^(?:path|dir)=/.test(field));
  const permissions = rule.fields.find((field) => field.startsWith("perm="))?.slice("perm=".length) ?? "rwxa";
  const all = rule.syscalls.length === 0 || rule.syscalls.includes("all");
  const watch = path !== undefined && all && /^[rwxa]+$/.test(permissions) ? { path: path.slice(path.indexOf("=") + 1), permissions } : null;
  const syscalls = all ? [] : rule.syscalls.flatMap((name) => callOf(name, arch, line, reader));
  if (!all && syscalls.length === 0) return null;
  const conditions = watch === null ? rule.fields : rule.fields.filter((field) => field !== path && !field.startsWith("perm="));
  return { line, row, action: rule.action === "never" ? "never" : "always", arch, syscalls, watch, conditions };
}

function archOf(text: string): "b64" | "b32" | undefined {
  const arch = text.toLowerCase();
  if (["b64", "x86_64", "aarch64", "ppc64", "ppc64le", "s390x"].includes(arch)) return "b64";
  return ["b32", "i386", "i486", "i586", "i686", "ppc", "s390", "arm"].includes(arch) ? "b32" : undefined;
}

function callOf(name: string, arch: "b64" | "b32" | null, line: number, reader: ConfigurationReader): readonly string[] {
  if (isSyscallName(name)) return [name];
  const byNumber = /^\d{1,4}$/.test(name) ? syscallName(Number(name), arch ?? "b64") : null;
  if (byNumber !== null) return [byNumber];
  reader.refuse(line, "-S", `Linux has no system call ${shown(name)} that Sightline knows.`, "Check its spelling; other calls of the line are read.");
  return [];
}

/** Every system call that some data component rests on: what a rule for all of them asks for. */
export function carryingCalls(): readonly string[] {
  return kindsOfFamily("linux-auditd").map((kind) => splitKind(kind).key).filter(isSyscallName);
}
