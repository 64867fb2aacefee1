import { put, type FieldBag } from "../../fill-fields";

/** Fills what a message of a Cisco firewall says, by its number; what it is: a key of the family `firewall`. */
export function readAsaMessage(fields: FieldBag, number: string, message: string): string {
  const reader = READERS.get(number);
  return reader === undefined ? "system" : reader(fields, message);
}

type Reader = (fields: FieldBag, message: string) => string;

const ADDRESS = String.raw`[^\s:/(]+[:/]([0-9A-Fa-f.:]+)`; // interface:address
const PORT = String.raw`[/(](\d{1,5})\)?`;
const BUILT = new RegExp(String.raw`^Built (inbound|outbound) (\w+) connection (\d+) for ${ADDRESS}${PORT} .*? to ${ADDRESS}${PORT}`);
const DENIED = new RegExp(String.raw`^Deny (\S+) src ${ADDRESS}(?:${PORT})? dst ${ADDRESS}(?:${PORT})?.*? by access-group "([^"]*)"`);
const LISTED = new RegExp(String.raw`^access-list (\S+) (permitted|denied|est-allowed) (\S+) ${ADDRESS}${PORT}.*? -> ${ADDRESS}${PORT}`);
const LOGIN = /^Login (permitted|denied) from (\S+?)(?:\/\d{1,5})? to \S+ for user ["']([^"']*)["']/;
const COMMAND = /^User '([^']*)'(?:, running '[^']*' from IP ([0-9A-Fa-f.:]+?))?,? executed (?:the )?'(.*)'(?: command)?\.?$/;
const RULE = /^(no )?access-list (\S+)/;

/** An administrator's way in: the account, from where, and whether it was let in. */
function putLogin(fields: FieldBag, message: string): string {
  const match = LOGIN.exec(message);
  const failed = match === null ? /denied/.test(message) : match[1] === "denied";
  put(fields, "auth_result", failed ? "failure" : "success");
  if (match !== null && /^[0-9A-Fa-f.:]+$/.test(match[2] ?? "")) put(fields, "src_ip", match[2]);
  put(fields, "user", match?.[3]);
  return failed ? "login-failed" : "login";
}

function putCommand(fields: FieldBag, message: string): string {
  const match = COMMAND.exec(message);
  put(fields, "user", match?.[1]);
  put(fields, "src_ip", match?.[2]);
  put(fields, "cmd", match?.[3]);
  const rule = RULE.exec(match?.[3] ?? "");
  put(fields, "fw_rule", rule?.[2]);
  if (rule !== null) put(fields, "fw_state", rule[1] === undefined ? "added" : "removed");
  return "config";
}

function putFlow(fields: FieldBag, from: readonly (string | undefined)[], to: readonly (string | undefined)[], rest: Readonly<Record<string, string | undefined>>): string {
  for (const [id, value] of Object.entries({ src_ip: from[0], src_port: from[1], dst_ip: to[0], dst_port: to[1], ...rest })) put(fields, id, value);
  return "traffic";
}

/** An outbound connection names the far side first. */
function putBuilt(fields: FieldBag, message: string): string {
  const match = BUILT.exec(message);
  if (match === null) return "traffic";
  const [, direction, proto, uid, ...ends] = match;
  const [first, second] = [ends.slice(0, 2), ends.slice(2, 4)];
  return putFlow(fields, direction === "inbound" ? first : second, direction === "inbound" ? second : first, { proto: proto?.toLowerCase(), conn_uid: uid, direction, fw_state: "built" });
}

function putDenied(fields: FieldBag, message: string): string {
  const match = DENIED.exec(message);
  return match === null ? "traffic" : putFlow(fields, match.slice(2, 4), match.slice(4, 6), { proto: match[1]?.toLowerCase(), fw_rule: match[6], fw_state: "denied" });
}

function putListed(fields: FieldBag, message: string): string {
  const match = LISTED.exec(message);
  return match === null ? "traffic" : putFlow(fields, match.slice(4, 6), match.slice(6, 8), { proto: match[3]?.toLowerCase(), fw_rule: match[1], fw_state: match[2] });
}

/** Firepower's own events: names and values, by commas. */
function putFirepower(key: string): Reader {
  return (fields, message) => {
    const said = new Map([...message.matchAll(/(?:^|, )(\w+): ([^,]*)/g)].map(([, name = "", value]) => [name, value]));
    for (const [native, id] of FIREPOWER) put(fields, id, said.get(native));
    return key;
  };
}

const FIREPOWER = [["SrcIP", "src_ip"], ["DstIP", "dst_ip"], ["SrcPort", "src_port"], ["DstPort", "dst_port"], ["Protocol", "proto"], ["User", "user"], ["URL", "url"], ["AccessControlRuleName", "fw_rule"], ["AccessControlRuleAction", "fw_state"], ["ResponderBytes", "bytes_in"], ["InitiatorBytes", "bytes_out"], ["ConnectionID", "conn_uid"], ["FileName", "file_path"], ["FileSHA256", "file_hash"]] as const;

// A teardown (302014, 302016) does not say which side began, and so is no flow here: the record that built the connection is.
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ["605004", putLogin], ["605005", putLogin],
  ["111008", putCommand], ["111010", putCommand],
  ["302013", putBuilt], ["302015", putBuilt],
  ["106023", putDenied], ["106100", putListed],
  ["430001", putFirepower("threat")], ["430002", putFirepower("traffic")], ["430003", putFirepower("traffic")], ["430004", putFirepower("threat")], ["430005", putFirepower("threat")],
]);
