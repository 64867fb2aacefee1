import { put, type FieldBag } from "../../fill-fields";

/** Fills what a message of a router or switch says; what it is: a key of the family `network-device`. */
export function readIosMessage(fields: FieldBag, facility: string, mnemonic: string, message: string): string {
  if (facility === "SEC_LOGIN" && /^LOGIN_(?:SUCCESS|FAILED)$/.test(mnemonic)) return putLogin(fields, mnemonic === "LOGIN_SUCCESS", message);
  if (mnemonic === "SSH2_USERAUTH") return putSshLogin(fields, message);
  if (mnemonic.startsWith("CFGLOG")) return putLoggedCommand(fields, message);
  if (mnemonic === "CONFIG_I") return putConfigured(fields, message);
  return mnemonic.includes("ACCESSLOG") ? "acl" : "syslog";
}

function putLogin(fields: FieldBag, success: boolean, message: string): string {
  put(fields, "user", /\[user: ([^\]]*)\]/.exec(message)?.[1]);
  put(fields, "src_ip", /\[Source: ([^\]]*)\]/.exec(message)?.[1]);
  put(fields, "auth_reason", /\[Reason: ([^\]]*)\]/.exec(message)?.[1]);
  put(fields, "auth_result", success ? "success" : "failure");
  return success ? "login" : "login-failed";
}

function putSshLogin(fields: FieldBag, message: string): string {
  const match = /^User '([^']*)' authentication for SSH2 Session from (\S+) .*?(Succeeded|Failed)/.exec(message);
  if (match === null) return "syslog";
  put(fields, "user", match[1]);
  put(fields, "src_ip", match[2]);
  put(fields, "auth_method", "ssh");
  put(fields, "auth_result", match[3] === "Succeeded" ? "success" : "failure");
  return "aaa-authentication";
}

function putLoggedCommand(fields: FieldBag, message: string): string {
  const match = /^User:(\S+)\s+logged command:(.*)$/.exec(message);
  put(fields, "user", match?.[1]);
  put(fields, "cmd", match?.[2]?.trim());
  return "config-log";
}

/** Tells that somebody was in configuration mode, not what was changed. */
function putConfigured(fields: FieldBag, message: string): string {
  put(fields, "user", / by (\S+) on /.exec(message)?.[1]);
  put(fields, "src_ip", /\(([0-9A-Fa-f.:]+)\)$/.exec(message)?.[1]);
  return "config-mode";
}
