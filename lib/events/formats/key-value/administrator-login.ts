import { put, type FieldBag } from "../../fill-fields";

/** PAN-OS says it in its system log's description alone, in one sentence for every way in. */
const LOGGED_IN = /^"?User '?([^\s']+)'? logged in via (\S+)(?: from (\S+))?/;

/**
 * Whether a description of PAN-OS's system log tells that an administrator logged in; fills who, how and from where. An
 * authentication that failed or succeeded (auth-fail, auth-success) may be any user's of the firewall, so that it is none.
 */
export function putAdministratorLogin(fields: FieldBag, description: string): boolean {
  const match = LOGGED_IN.exec(description);
  if (match === null) return false;
  put(fields, "user", match[1]);
  put(fields, "auth_method", match[2]);
  if (/^[0-9A-Fa-f.:]+$/.test(match[3] ?? "")) put(fields, "src_ip", match[3]);
  put(fields, "auth_result", "success");
  return true;
}

/** FortiOS: the last five digits of a log's id name the message; 32001 is an administrator's log-in, 32002 one that failed. */
export function fortinetLogin(logId: string | undefined): "login" | "login-failed" | null {
  const message = /(\d{5})$/.exec(logId ?? "")?.[1];
  return message === "32001" ? "login" : message === "32002" ? "login-failed" : null;
}
