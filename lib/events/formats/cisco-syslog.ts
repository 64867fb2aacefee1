import { put, type FieldBag } from "../fill-fields";
import type { Mapped } from "../make-item";
import { lineFormat } from "../record-format";
import { readAsaMessage } from "./cisco/asa-message";
import { readIosMessage } from "./cisco/ios-message";
import { readCiscoHeader } from "./cisco/read-header";

/** Firewalls by what they call themselves; everything else is a router, a switch or an access point. */
const FIREWALLS = /^(?:ASA|FTD|PIX|FWSM)$/;

/**
 * What Cisco's devices write: %FACILITY-SEVERITY-MNEMONIC and a text, behind a relay's header, the device's own time, a
 * sequence number, or nothing (https://www.cisco.com/c/en/us/td/docs/security/asa/syslog/b_syslog.html). The mnemonic decides
 * what the record is; a message whose number is not read keeps its text.
 */
export const ciscoSyslog = lineFormat({
  id: "cisco-syslog",
  label: "Cisco syslog (ASA, Firepower, IOS, NX-OS)",
  extensions: [".log"],
  record: "a message of a Cisco device",
  evidence: ["%FACILITY-SEVERITY-MNEMONIC:"],
  isMine: (line) => readCiscoHeader(line) !== null,
  map: (line, limits) => {
    const header = readCiscoHeader(line);
    if (header === null) return null;
    const { facility, severity, mnemonic, message } = header;
    const fields: FieldBag = {};
    put(fields, "app_name", facility);
    put(fields, "app_event", `${facility}-${mnemonic}`);
    put(fields, "app_msg", message);
    const kind: Pick<Mapped, "family" | "key"> = FIREWALLS.test(facility)
      ? { family: "firewall", key: readAsaMessage(fields, mnemonic, message) }
      : { family: "network-device", key: readIosMessage(fields, facility, mnemonic, message) };
    return [{ time: header.readTime(limits.zone, limits.reference), host: header.host, ...kind, fields, native: { facility, severity, mnemonic, hostname: header.host, message } }];
  },
});
