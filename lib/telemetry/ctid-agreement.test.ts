import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { componentByName } from "./component-index";
import { carries, componentsOfKind } from "./record-kinds";
import { windowsEventKind } from "./windows-event";
import disagreements from "./__fixtures__/ctid-disagreements.json";

/*
 * The Center for Threat-Informed Defense mapped sensor events to data components for release 13.1. Our table agrees, or the
 * disagreement is listed with our reason. Rows naming components that ATT&CK no longer has cannot be compared. Zeek's rows name
 * events of its scripts: they are compared with the logs of their protocol and with conn.log, which holds every connection.
 */
const FOLDER = path.resolve(process.env["SIGHTLINE_SAMPLES"] ?? path.join(__dirname, "../../../shared"), "mappings/ctid-sensor-mappings/csv");

const SENSORS: readonly { file: string; kind: (id: string) => string; also?: (id: string) => readonly string[] }[] = [
  { file: "Sysmon", kind: (id) => `windows-sysmon:${id}` },
  { file: "WinEvtx", kind: windowsKind },
  { file: "Auditd", kind: (id) => `linux-auditd:${id}` },
  { file: "OSQuery", kind: (id) => `macos-osquery:${id}`, also: (id) => [`linux-osquery:${id}`, `windows-misc:osquery/${id}`] },
  { file: "CloudTrail", kind: (id) => `aws-cloudtrail:${id}` },
  { file: "Zeek", kind: (id) => `nsm-zeek:${ZEEK_LOGS[id.split("_")[0] ?? ""] ?? id.split("_")[0] ?? ""}`, also: () => ["nsm-zeek:conn"] },
];

// The log that holds what a script event of this prefix tells, where it is not called like the prefix.
const ZEEK_LOGS: Readonly<Record<string, string>> = { connection: "conn", partial: "conn", tcp: "conn", udp: "conn", dce: "dce_rpc", krb: "kerberos", smb2: "smb_cmd", ssh1: "ssh", ssh2: "ssh", rdpeudp: "rdp", mime: "files" };

function windowsKind(id: string): string {
  if (/^410[346]$/.test(id)) return `windows-powershell:${id}`;
  if (/^58[56]\d$/.test(id)) return `windows-defence:Microsoft-Windows-WMI-Activity/Operational/${id}`;
  if (/^20(0[2-9]|33)$/.test(id)) return `windows-defence:Microsoft-Windows-Windows Firewall With Advanced Security/Firewall/${id}`;
  const kind = windowsEventKind(/^600[56]$/.test(id) ? "System" : "Security", id);
  return `${kind.family}:${kind.key}`;
}

/** Rows of an RFC 4180 file: quoted cells may hold commas, quotes and line ends. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.replace(/^\uFEFF/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push((match[1]?.replace(/""/g, '"') ?? match[2] ?? "").trim());
    if (match[3] !== ",") {
      if (row.some((cell) => cell !== "")) rows.push(row);
      row = [];
    }
  }
  return rows;
}

describe("the sensor mappings of the Center for Threat-Informed Defense", () => {
  test.skipIf(!existsSync(FOLDER)).each(SENSORS)("$file: every difference has its reason", ({ file, kind, also = () => [] }) => {
    const rows = rowsOf(readFileSync(path.join(FOLDER, `${file}-sensors-mappings-enterprise.csv`), "utf8")).slice(1);
    const pairs = new Map(rows.map((row) => [`${row[0] ?? ""} / ${row[4] ?? ""}`, { id: row[0] ?? "", component: componentByName(row[4] ?? "") }]));
    const comparable = [...pairs].flatMap(([pair, { id, component }]) => (component ? [{ pair, id, component }] : []));
    const agreed = comparable.filter(({ id, component }) => [kind(id), ...also(id)].some((own) => carries(own, component.id)));
    const open = comparable.filter((item) => !agreed.includes(item));
    const listed = new Map(disagreements.filter((row) => row.sensor === file).flatMap((row) => row.pairs.map((pair) => [pair, row.reason])));
    console.log(`${file}: ${agreed.length} of ${comparable.length} comparable pairs agree (${pairs.size - comparable.length} name components that no longer exist), ${open.length} differ for a reason`);
    expect(open.map((item) => item.pair).filter((pair) => !listed.has(pair))).toEqual([]);
    expect([...listed.keys()].filter((pair) => !open.some((item) => item.pair === pair))).toEqual([]); // no reason outlives its difference
    expect([...listed.values()].every((reason) => reason.length > 20)).toBe(true);
  });

  test("our table judges more events of Sysmon than theirs", () => {
    const ours = Array.from({ length: 29 }, (_, at) => `windows-sysmon:${at + 1}`).filter((kind) => componentsOfKind(kind).length > 0);
    expect(ours.length).toBeGreaterThanOrEqual(26);
  });
});
