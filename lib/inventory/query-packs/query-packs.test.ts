import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CANONICAL_FIELDS } from "@/lib/telemetry/canonical-fields";
import { FAMILIES, familyById } from "@/lib/telemetry/family-of";
import { componentsOfKind, kindId } from "@/lib/telemetry/record-kinds";
import { sha256 } from "@/lib/shared/digest";
import { readPackManifest } from "../measurements/pack-manifest";
import { looksLikeMeasurement } from "../measurements/sort-zip";
import { QUERY_BACKENDS } from "./backends";
import { makeQueryPack, type PackRequest } from "./make-query-pack";
import { familiesOf, sourceOf, whyNoQuery } from "./sources";
import { BACKENDS, HOST_PLACEHOLDER, type BackendId } from "./types";

const WANTED: PackRequest["wanted"] = [
  { family: "aws-cloudtrail", keys: ["AssumeRole", "CreateUser"], fields: ["cloud_account", "cloud_result", "host", "ts", "user"] },
  { family: "aws-other", keys: ["resolver-query", "vpcflow"], fields: ["dns_query", "dst_ip", "src_ip"] },
  { family: "azure-activity", keys: ["microsoft.authorization/roleassignments/write"], fields: ["cloud_action", "cloud_resource", "src_ip", "user"] },
  { family: "edr-crowdstrike", keys: ["DriverLoad", "ProcessRollup2"], fields: ["cmd", "driver_path", "dst_ip", "file_path", "image", "parent_image", "pid", "reg_data", "reg_key", "src_ip", "user"] },
  { family: "edr-defender", keys: ["DeviceEvents/DriverLoad", "DeviceProcessEvents/ProcessCreated"], fields: ["cmd", "driver_path", "dst_ip", "dst_port", "file_path", "image", "module_path", "parent_image", "pid", "ppid", "reg_data", "reg_key", "src_ip", "target_user", "user"] },
  { family: "edr-generic", keys: ["process/start"], fields: ["cmd", "image", "module_path", "reg_data", "user"] },
  { family: "entra-id", keys: ["Add user", "SignInLogs"], fields: ["app_name", "auth_method", "auth_result", "cloud_action", "cloud_resource", "src_ip", "target_user", "user"] },
  { family: "firewall", keys: ["config", "login", "threat", "traffic"], fields: ["dst_ip", "dst_port", "fw_state", "src_ip", "user"] },
  { family: "gcp", keys: ["SetIamPolicy", "google.iam.admin.v1.CreateRole"], fields: ["cloud_account", "cloud_action", "cloud_resource", "user"] },
  { family: "google-workspace", keys: ["admin/CREATE_USER", "login/login_failure"], fields: ["cloud_action", "src_ip", "user"] },
  { family: "kubernetes", keys: ["create/pods", "create/pods/exec"], fields: ["auth_result", "container_image", "namespace", "pod", "src_ip", "user", "verb"] },
  { family: "linux-auditd", keys: ["USER_CMD", "execve", "openat"], fields: ["cmd", "file_path", "image", "pid", "ppid", "user"] },
  { family: "esxi", keys: ["auth/accepted", "hostd/vim.VirtualMachine.powerOff", "shell"], fields: ["app_msg", "app_name", "cmd"] },
  { family: "linux-osquery", keys: ["crontab", "process_events", "shell_history", "socket_events"], fields: ["cmd", "dst_ip", "image", "job_action", "user"] },
  { family: "m365", keys: ["FileDownloaded", "New-InboxRule"], fields: ["app_name", "cloud_action", "file_path", "src_ip", "user"] },
  { family: "nsm-suricata", keys: ["dns", "flow"], fields: ["dns_query", "dst_ip", "payload", "src_ip"] },
  { family: "nsm-zeek", keys: ["conn"], fields: ["dst_ip", "payload"] },
  { family: "okta-idp", keys: ["policy.lifecycle.delete", "user.account.lock"], fields: ["auth_method", "auth_reason", "cloud_action", "src_ip", "user"] },
  { family: "saas-collab", keys: ["git.clone", "repo.create"], fields: ["cloud_action", "src_ip", "storage_obj", "user"] },
  { family: "windows-defence", keys: ["Microsoft-Windows-WMI-Activity/Operational/5861"], fields: ["app_msg", "wmi_detail", "wmi_name"] },
  { family: "windows-sysmon", keys: ["1", "3"], fields: ["host", "image", "ppid", "proc_uid", "ts", "user"] },
];
const pack = (backend: BackendId, changes: Partial<PackRequest> = {}) => makeQueryPack({ segment: "Office", backend, roster: ["pc-1", "pc-2"], wanted: WANTED, ...changes });

/** Reads a literal back, as the language's own lexer does: where it ends, and what it holds. */
function readLiteral(text: string, backend: BackendId): { readonly value: string; readonly rest: string } {
  const sql = backend === "athena" || backend === "osquery";
  const quote = sql ? "'" : '"';
  expect(text[0]).toBe(quote);
  let value = "";
  for (let at = 1; ; at++) {
    const char = text[at];
    if (char === undefined) throw new Error("never closed");
    if (!sql && char === "\\") value += text[++at];
    else if (char !== quote) value += char;
    else if (sql && text[at + 1] === quote) value += text[at++];
    else return { value, rest: text.slice(at + 1) };
  }
}

describe.each(BACKENDS)("the %s pack", (backend) => {
  test("is what it was: every query, the manifest and the README", async () => {
    const { files } = pack(backend);
    await expect(files.map(({ path, text }) => `=== ${path}\n${text}`).join("\n")).toMatchFileSnapshot(`./__goldens__/${backend}.txt`);
  });

  test("names a digest for each query, and what has no query or no field with the reason", () => {
    const { files, manifest, families, leftOut } = pack(backend);
    for (const { file, sha256: digest } of manifest.queries) expect(sha256(files.find(({ path }) => path === file)?.text ?? "")).toBe(digest);
    expect(readPackManifest("m", files.find(({ path }) => path === "manifest.json")?.text ?? "")).toEqual(manifest);
    expect([...new Set(families.map(({ family }) => family)), ...leftOut.map(({ family }) => family)].sort()).toEqual(WANTED.map(({ family }) => family).sort());
    for (const { family, reason } of leftOut) expect([reason, null]).toContain(whyNoQuery(backend, family) ?? reason);
    for (const { family, fields, uncounted } of families) expect([...fields, ...uncounted].sort()).toEqual((WANTED.find((wanted) => wanted.family === family)?.fields ?? []).filter((field) => field !== "ts" && field !== "host"));
  });

  test("splits a roster of more than 1,000 hosts, each host in exactly one part; without a roster a placeholder stands there", () => {
    const roster = Array.from({ length: 2_001 }, (_, n) => `pc-${n}`);
    const made = pack(backend, { roster });
    const parts = made.queries.filter(({ family, purpose }) => purpose === "measure" && family === made.families[0]?.family).filter(({ table }) => table === "");
    expect(parts).toHaveLength(3);
    const literal = QUERY_BACKENDS[backend].literal;
    for (const host of ["pc-0", "pc-999", "pc-2000"]) expect(parts.filter(({ text }) => text.includes(literal(host)))).toHaveLength(1);
    for (const { text } of pack(backend, { roster: null }).queries) expect(text).toContain(HOST_PLACEHOLDER);
  });

  test("property: no host's or segment's name ends its literal or leaves its comment", () => {
    const { literal, comment } = QUERY_BACKENDS[backend];
    const name = fc.oneof(fc.string({ unit: "grapheme", maxLength: 30 }), fc.stringMatching(/^["'`\\|;,()*\-/#\]\[{}$ a-z]{0,20}$/)).filter((text) => !/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/u.test(text));
    fc.assert(
      fc.property(name, name, (host, segment) => {
        expect(readLiteral(`${literal(host)}; tail`, backend)).toEqual({ value: host, rest: "; tail" });
        const plain = pack(backend, { roster: ["thehost"], segment: "thesegment" }).queries;
        pack(backend, { roster: [host], segment }).queries.forEach(({ text }, index) => {
          const expected = plain[index]?.text ?? "";
          const told = (one: string) => one.trimEnd().split("\n").slice(...(backend === "splunk" ? [-1] : [0, 1]));
          const rest = (one: string) => one.trimEnd().split("\n").slice(...(backend === "splunk" ? [0, -1] : [1])).join("\n");
          expect(rest(text)).toBe(rest(expected).replaceAll(literal("thehost"), () => literal(host)).replaceAll(literal("thesegment"), () => literal(segment)));
          expect(told(text)[0]?.startsWith(comment)).toBe(true);
          expect(text.split("\n")).toHaveLength(expected.split("\n").length);
          if (comment === "```") expect(told(text)[0]?.split("```")).toHaveLength(3);
        });
      }),
      { numRuns: 60 },
    );
  });

  test("refuses names with control characters rather than quoting them", () => {
    expect(() => pack(backend, { roster: ["pc\n| delete"] })).toThrow(/control characters/);
    expect(() => pack(backend, { segment: "a\u2028b" })).toThrow(/control characters/);
  });

  test("every family, field and expression of its table is one that Sightline knows", () => {
    for (const family of familiesOf(backend)) {
      expect(familyById(family)).not.toBeNull();
      const from = sourceOf(backend, family);
      for (const fields of [from?.fields ?? {}, ...Object.values(from?.tables ?? {}), ...(from?.also ?? []).map((table) => table.fields)]) for (const field of Object.keys(fields)) expect(CANONICAL_FIELDS.has(field), field).toBe(true);
    }
  });
});

test.each(BACKENDS)("%s has a query for every family of log sources, or the reason why there is none", (backend) => {
  const silent = FAMILIES.filter(({ id }) => (sourceOf(backend, id) === null) === (whyNoQuery(backend, id) === null)).map(({ id }) => id);
  expect(silent).toEqual([]);
  for (const { id } of FAMILIES) expect(whyNoQuery(backend, id) ?? "A.").toMatch(/^\S.*\.$/);
});

test("system calls are told by name where the log numbers them, for the architecture that is stated", () => {
  expect(sourceOf("splunk", "linux-auditd")?.key).toMatch(/arch=="c000003e",case\(.*syscall=="59","execve"/);
  expect(sourceOf("splunk", "linux-auditd")?.key).toMatch(/arch=="c00000b7",case\(.*syscall=="221","execve"/);
  expect(sourceOf("sentinel", "linux-auditd")?.key).toContain('"c00000b7/221":"execve"');
});

/** What is still open at the end of an expression: "" when every quote and bracket is closed. */
function openAtEnd(text: string): string {
  let open = "";
  let quote = "";
  for (const char of text.replace(/\\./g, "")) {
    if (quote !== "") quote = char === quote ? "" : quote;
    else if (char === '"' || char === "'") quote = char;
    else if ("([{".includes(char)) open += char;
    else if (")]}".includes(char)) open = `([{`.indexOf(open.at(-1) ?? "?") === ")]}".indexOf(char) ? open.slice(0, -1) : `${open}${char}`;
  }
  return open + quote;
}

test.each(BACKENDS)("every expression of the %s table stands by itself: quotes and brackets are closed, lines are one, and none holds its pack's filter", (backend) => {
  for (const family of familiesOf(backend)) {
    const from = sourceOf(backend, family);
    const fields = [from?.fields ?? {}, ...Object.values(from?.tables ?? {})].flatMap((columns) => Object.values(columns).flat());
    const more = (from?.also ?? []).flatMap(({ source, key, host, time = "", record = "", fields: names }) => [source, key, host, time, record, ...Object.values(names).flat()]);
    for (const text of [from?.source ?? "", from?.key ?? "", from?.host ?? "", from?.time ?? "", ...fields, ...more]) {
      expect([openAtEnd(text), text], family).toEqual(["", text]);
      expect(text, family).not.toMatch(/[\r\n]|```|\/\/|REPLACE_WITH/);
    }
  }
});

describe("osquery's tables that list what there is", () => {
  const wanted = [{ family: "macos-osquery", keys: ["es_process_events", "launchd", "shell_history"], fields: ["svc_name"] }];
  const measure = (backend: BackendId) => pack(backend, { wanted }).queries.find(({ purpose }) => purpose === "measure")?.text ?? "";

  test("are asked for as they stand, and named as a state: a live query never shows that something came to be there", () => {
    const text = measure("osquery");
    expect([...text.matchAll(/'([\w#]+)' AS event_key/g)].map(([, key]) => key)).toEqual(["es_process_events", "launchd#snapshot"]);
    expect(text).toMatch(/FROM launchd\nWHERE \(SELECT lower/);
    expect(text).toMatch(/sum\(coalesce\(label/);
  });

  test("are told from what changed in them where a log holds both", () => {
    expect(measure("splunk")).toContain('where in(event_key, "es_process_events", "launchd", "shell_history", "launchd#snapshot")');
  });
});

test("of a family that several tables may hold, each is asked by itself, for the events that it can hold", () => {
  const { queries, families, manifest } = pack("athena", { wanted: [{ family: "aws-other", keys: ["resolver-query"], fields: ["dst_ip", "dns_query"] }] });
  expect(queries.map(({ file }) => file)).toEqual(["aws-other.resolver", "aws-other.security-lake-resolver"].flatMap((name) => [`queries/${name}.sql`, `queries/${name}.raw.sql`]));
  expect(families.map(({ table, uncounted }) => [table, uncounted])).toEqual([["resolver", ["dst_ip"]], ["security-lake-resolver", ["dst_ip"]]]);
  expect(manifest.families).toEqual(["aws-other"]);
});

test("Splunk's quick query for silence reads the index only where its hosts are the index's: else a tenant's events would never be found", () => {
  const silence = (family: string) => pack("splunk").queries.find((query) => query.family === family && query.purpose === "silence")?.text ?? "";
  expect(silence("windows-sysmon")).toMatch(/^\| tstats .* by host\n/);
  expect(silence("entra-id")).toMatch(/^search .*\n\| eval event_key=.*, measured_host=tenantId\n\| where in\(if\(match\(measured_host/);
  for (const { family } of pack("splunk").families) if (sourceOf("splunk", family)?.host !== "host") expect(silence(family)).not.toContain("tstats");
});

test("the families asked for here are asked of record kinds that Sightline knows", () => {
  const unknown = WANTED.flatMap(({ family, keys }) => keys.filter((key) => componentsOfKind(kindId(family, key)).length === 0).map((key) => `${family}:${key}`));
  expect(unknown).toEqual([]);
});

test("what a query returns is recognised as a measurement", () => {
  expect(looksLikeMeasurement('segment,family,event_key,host,count,first,last,fill_user\n"Office",...')).toBe(true);
  expect(looksLikeMeasurement("# complete: true\n\nsegment;family;event_key;host;count;first;last\n")).toBe(true);
  expect(looksLikeMeasurement("segment,source,log_source\n")).toBe(false);
});
