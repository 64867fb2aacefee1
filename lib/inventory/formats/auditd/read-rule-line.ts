/** One line of audit rules, as auditctl would take it. */
export type RuleLine =
  | { readonly kind: "delete-all" }
  | { readonly kind: "enabled"; readonly value: string }
  | { readonly kind: "setting"; readonly flag: string } // limits, failure mode, rate: decides no record
  | { readonly kind: "elsewhere"; readonly path: string } // -R FILE
  | { readonly kind: "watch"; readonly remove: boolean; readonly path: string; readonly permissions: string }
  | { readonly kind: "rule"; readonly change: "append" | "prepend" | "delete"; readonly list: string; readonly action: string; readonly arch: string | null; readonly syscalls: readonly string[]; readonly fields: readonly string[] }
  | { readonly kind: "bad"; readonly field: string; readonly message: string };

const LISTS = new Set(["exit", "exclude", "user", "task", "filesystem", "io_uring", "entry"]);
const ACTIONS = new Set(["always", "never", "possible"]);
const WITH_VALUE = new Set(["-b", "-f", "-r", "--backlog", "--backlog_wait_time", "--signal", "-h"]);
const ALONE = new Set(["-i", "-c", "-q", "-s", "-l", "-v", "-t", "--loginuid-immutable", "--reset-lost", "--reset_backlog_wait_time_actual"]);

/** Reads a line; null for a blank or a comment. Keys (-k) name a rule and restrict nothing, so they are left out. */
export function readRuleLine(text: string): RuleLine | null {
  const words = text.trim().split(/\s+/);
  const [first = ""] = words;
  if (first === "" || first.startsWith("#")) return null;
  if (first === "auditctl" || first.endsWith("/auditctl")) return readRuleLine(words.slice(1).join(" "));
  if (first === "-D") return { kind: "delete-all" };
  if (first === "-e") return { kind: "enabled", value: words[1] ?? "" };
  if (first === "-R") return { kind: "elsewhere", path: words[1] ?? "" };
  if (WITH_VALUE.has(first) || ALONE.has(first)) return { kind: "setting", flag: first };
  if (first === "-w" || first === "-W") return readWatch(words, first === "-W");
  if (first === "-a" || first === "-A" || first === "-d") return readRule(words);
  return { kind: "bad", field: first.slice(0, 40), message: "auditctl has no such option that Sightline knows." };
}

function readWatch(words: readonly string[], remove: boolean): RuleLine {
  const path = words[1] ?? "";
  if (!path.startsWith("/")) return { kind: "bad", field: words[0] ?? "", message: "A watch needs an absolute path." };
  let permissions = "rwxa";
  for (let at = 2; at < words.length; at += 2) {
    const value = words[at + 1];
    if (words[at] === "-p") {
      if (value === undefined || !/^[rwxa]{1,4}$/.test(value)) return { kind: "bad", field: "-p", message: "Permissions are letters of rwxa." };
      permissions = value;
    } else if (words[at] !== "-k" || value === undefined) return { kind: "bad", field: (words[at] ?? "").slice(0, 40), message: "A watch takes -p and -k, nothing else." };
  }
  return { kind: "watch", remove, path, permissions };
}

function readRule(words: readonly string[]): RuleLine {
  const parts = (words[1] ?? "").split(",");
  const list = parts.find((part) => LISTS.has(part));
  const action = parts.find((part) => ACTIONS.has(part));
  if (parts.length !== 2 || list === undefined || action === undefined) return { kind: "bad", field: words[0] ?? "", message: "A rule names a list and an action, as in always,exit." };
  let arch: string | null = null;
  const syscalls: string[] = [];
  const fields: string[] = [];
  for (let at = 2; at < words.length; at += 2) {
    const flag = words[at] ?? "";
    const value = words[at + 1];
    if (value === undefined) return { kind: "bad", field: flag.slice(0, 40), message: "The option has no value." };
    if (flag === "-S") syscalls.push(...value.split(",").filter((name) => name !== ""));
    else if (flag === "-F" && /^arch=/.test(value)) arch = value.slice("arch=".length);
    else if (flag === "-F" && /^arch!=/.test(value)) arch = value.slice("arch!=".length) === "b64" ? "b32" : "b64";
    else if (flag === "-F" && !/^key=/.test(value)) fields.push(value);
    else if (flag === "-C") fields.push(value);
    else if (flag !== "-k" && flag !== "-F" && flag !== "-p") return { kind: "bad", field: flag.slice(0, 40), message: "A rule takes -F, -C, -S and -k." };
    else if (flag === "-p") fields.push(`perm=${value}`);
  }
  return { kind: "rule", change: words[0] === "-d" ? "delete" : words[0] === "-A" ? "prepend" : "append", list, action, arch, syscalls, fields };
}
