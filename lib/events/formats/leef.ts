import type { FieldBag, FieldMap } from "../fill-fields";
import { lineFormat } from "../record-format";
import { readEnvelopeTime } from "../time/read-syslog-time";
import { deviceKind, putDevice } from "./key-value/device-event";

/** Log Event Extended Format, versions 1 (tabs between pairs) and 2 (the header names the separator). */
export const leef = lineFormat({
  id: "leef",
  label: "LEEF (Log Event Extended Format)",
  extensions: [".log", ".leef"],
  record: "an event in LEEF",
  evidence: ["LEEF:version|vendor|product|version|id|"],
  isMine: (line) => HEADER.test(line),
  map: (line, limits) => {
    const match = HEADER.exec(line);
    if (match === null) return null;
    const [whole, major, vendor = "", product = "", version = "", eventId = ""] = match;
    const { separator, rest } = readSeparator(major ?? "1", line.slice(whole.length));
    const pairs = new Map(rest.split(separator).flatMap((pair): [string, string][] => {
      const at = pair.indexOf("=");
      return at <= 0 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]];
    }));
    const get = (key: string) => pairs.get(key);
    const header = { vendor, product, eventId, name: "" };
    const fields: FieldBag = {};
    putDevice(fields, header, FIELDS, get);
    const time = get("devTime");
    return [
      {
        time: time === undefined ? { untimed: "no-time" } : readEnvelopeTime(time, limits.zone, limits.reference),
        host: get("identHostName") ?? get("devName") ?? get("resource") ?? null,
        ...deviceKind(fields, header, get),
        fields,
        native: { ...Object.fromEntries(pairs), device_vendor: vendor, device_product: product, device_version: version, event_id: eventId },
      },
    ];
  },
});

const HEADER = /^LEEF: ?([12])\.\d{1,2}\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|/;

const FIELDS: FieldMap = [
  ["src", "src_ip"], ["dst", "dst_ip"], ["srcPort", "src_port"], ["dstPort", "dst_port"], ["proto", "proto"], ["usrName", "user"], ["srcBytes", "bytes_out"], ["dstBytes", "bytes_in"], ["totalPackets", "packets"],
  ["url", "url"], ["policy", "fw_rule"], ["action", "fw_state"], ["domain", "domain"], ["accountName", "target_user"], ["groupID", "target_group"], ["filePath", "file_path"], ["fileName", "file_path"], ["msg", "app_msg"], ["reason", "auth_reason"],
];

/** Version 2 may name its separator between bars: one character, or its code as x09 or 0x09. */
function readSeparator(major: string, text: string): { separator: string; rest: string } {
  const match = major === "2" ? /^(?:0?x([0-9A-Fa-f]{2,4})|(.))\|/s.exec(text) : null;
  if (match === null) return { separator: "\t", rest: text };
  return { separator: match[1] === undefined ? (match[2] ?? "\t") : String.fromCharCode(Number.parseInt(match[1], 16)), rest: text.slice(match[0].length) };
}
