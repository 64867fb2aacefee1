import { put, type FieldBag } from "../../fill-fields";
import { MOST_LOOKED_AT } from "./classify-line";
import type { EsxiLine } from "./read-line";

/** Canonical fields of an ESXi or vCenter line of a known key; names stand in the text, one pattern per place. */
export function fillLine(key: string, line: EsxiLine): FieldBag {
  const fields: FieldBag = {};
  const { origin } = line;
  const message = line.message.slice(0, MOST_LOOKED_AT);
  const log = key.split("/")[0] ?? key;
  put(fields, "app_name", line.program);
  put(fields, "app_msg", line.message);
  put(fields, "pid", line.pid === null || !/^\d+$/.test(line.pid) ? undefined : line.pid);
  put(fields, "user", origin.get("user") ?? origin.get("subject") ?? origin.get("effectiveUser"));
  put(fields, "session_id", origin.get("opID"));
  if (log === "shell" || key === "cron") fillCommand(fields, key, line.message);
  else if (log === "auth" || /Event$/.test(key) || log === "vobd") fillAccess(fields, key, message);
  const method = /vim\.[A-Za-z.]+/.exec(key)?.[0];
  put(fields, "api_name", method);
  put(fields, "cloud_action", method);
  put(fields, "app_event", key.includes("/") ? key.slice(key.indexOf("/") + 1) : undefined);
  const machine = /(?:Reconfigured|Removed|Created virtual machine) (\S+) on |\b(\S+) on \S+ (?:in \S+ )?is powered o(?:n|ff)/.exec(message);
  put(fields, "instance_id", machine?.[1] ?? machine?.[2]);
  put(fields, "module_path", key === "vmkernel/module-load" ? /(?:Loaded|Loading) module ([^\s,:]+)/.exec(message)?.[1] : undefined);
  if (/firewall/i.test(key)) {
    put(fields, "fw_rule", /rule set (\S+)/.exec(message)?.[1]);
    put(fields, "fw_state", /Operation '(\w+)'/.exec(message)?.[1]);
  }
  if (/Account(?:Created|Removed|Updated)Event|account/.test(key)) {
    put(fields, "target_user", /[Aa]ccount ['"]?([^\s'"]+)/.exec(message)?.[1]);
    put(fields, "change", key.slice(key.indexOf("/") + 1));
  }
  put(fields, "auth_result", key === "audit" ? origin.get("result") : undefined);
  put(fields, "svc_name", /\b(SSH|ESXi (?:Shell|command line shell)) (?:access )?has been/.exec(message)?.[1]);
  return fields;
}

/** "[root]: esxcli network ip" of the shell, "USER root pid 12 cmd /bin/x" of cron. */
function fillCommand(fields: FieldBag, key: string, message: string): void {
  const typed = /^\[([^\]]+)\]: ?(.*)$/s.exec(message);
  const job = /^USER (\S+) pid (\d+) cmd (.*)$/s.exec(message);
  put(fields, "user", typed?.[1] ?? job?.[1]);
  put(fields, "cmd", typed?.[2] ?? job?.[3]);
  if (key !== "cron" || job === null) return;
  put(fields, "pid", job[2]);
  put(fields, "job_name", job[3]?.split(" ")[0]);
  put(fields, "job_action", job[3]);
}

/** Who, from where, and whether it was let in: "User root@192.0.2.7 logged in", "Accepted publickey for root from 192.0.2.7 port 1". */
function fillAccess(fields: FieldBag, key: string, message: string): void {
  const named = /(?:[Uu]ser|Cannot login|for) '?([^\s@']+)@([0-9A-Fa-f.:]+)/.exec(message);
  const sent = /for (?:illegal user |invalid user |local user |user )?'?([^\s']+?)'?(?: |\()(?:.*?from ([0-9A-Fa-f.:]+))?/.exec(message);
  put(fields, "user", named?.[1] ?? sent?.[1]?.replace(/\(.*$/, ""));
  put(fields, "src_ip", (named?.[2] ?? sent?.[2] ?? /from ([0-9A-Fa-f.:]{3,})/.exec(message)?.[1])?.replace(/[.:]$/, ""));
  put(fields, "auth_method", /^Accepted (\S+) for /.exec(message)?.[1]);
  if (/(?:^auth\/failed|BadUsernameSessionEvent|\.login\.failed)$/.test(key)) put(fields, "auth_result", "failure");
  else if (/(?:^auth\/(?:accepted|session-opened)|UserLoginSessionEvent|session\.opened)$/.test(key)) put(fields, "auth_result", "success");
}
