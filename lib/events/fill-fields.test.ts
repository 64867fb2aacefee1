import { describe, expect, test } from "vitest";
import { put, takeRedacted, type FieldBag } from "./fill-fields";
import { SeriesInterner } from "./intern-series";
import { itemMaker, type Mapped } from "./make-item";
import { readEpochSeconds } from "./time/read-time";
import type { ParsedRecord } from "./types";

function recordOf(fields: FieldBag, more: Partial<Mapped> = {}): ParsedRecord {
  const item = itemMaker().record(0, 10, { time: readEpochSeconds("1770112800.5", "t"), host: "h1", family: "linux-auditd", key: "connect", fields, ...more }, {});
  if (!("record" in item)) throw new Error("no record");
  return item.record;
}

function bagOf(values: Record<string, unknown>): FieldBag {
  const fields: FieldBag = {};
  for (const [id, value] of Object.entries(values)) put(fields, id, value);
  return fields;
}

describe("values that say nothing", () => {
  test("stay out, and of those only redaction marks are remembered", () => {
    const fields = bagOf({ cmd: "<private>", user: "-", image: "/bin/ls", cloud_params: ["****", "[REDACTED]"], session_id: "HIDDEN_DUE_TO_SECURITY_REASONS", ad_attr: [] });
    expect(takeRedacted(fields)).toEqual(["cloud_params", "cmd", "session_id"]);
    expect(fields).toEqual({ image: "/bin/ls" });
    expect(takeRedacted(fields)).toEqual([]);
  });

  test("a field that another native value fills is not hidden", () => {
    const fields: FieldBag = {};
    put(fields, "cmd", "<private>");
    put(fields, "cmd", "ls -l");
    expect(takeRedacted(fields)).toEqual([]);
  });

  test("long marks are marks, long texts with a bracket in front are not", () => {
    const fields = bagOf({ user: `<mask.hash: '${"a".repeat(24)}=='>`, app_msg: `<${"x".repeat(60)}>`, cmd: `[${"y".repeat(200)}]` });
    expect(takeRedacted(fields)).toEqual(["user"]);
    expect(Object.keys(fields)).toEqual(["app_msg", "cmd"]);
  });
});

describe("a record's shape", () => {
  test("tells hidden fields and the class of object from filled fields", () => {
    const record = recordOf(bagOf({ cmd: "<private>", user: "root" }), { objectClass: "unix-socket" });
    expect(record.redacted).toEqual(["cmd"]);
    expect(record.fields).toEqual({ user: "root", ts: record.fields["ts"], host: "h1" });
    expect(new SeriesInterner().of(record, "h1").shape).toEqual(["@unix-socket", "host", "ts", "user", "~cmd"]);
  });

  test("of a record that states neither holds fields alone, and is shared whatever their order", () => {
    const interner = new SeriesInterner();
    const [a, b] = [recordOf({ user: "root", cmd: "ls" }), recordOf({ cmd: "ls", user: "root" })];
    expect(a).not.toHaveProperty("redacted");
    expect(a).not.toHaveProperty("objectClass");
    expect(interner.of(a, "h1").shape).toEqual(["cmd", "host", "ts", "user"]);
    expect(interner.of(b, "h1").id).toBe(0);
  });

  test("a host that the import names is no longer hidden", () => {
    const record = recordOf({}, { host: "<private>" });
    expect(record).toMatchObject({ host: null, redacted: ["host"] });
    expect(new SeriesInterner().of({ ...record, fields: { ...record.fields, host: "h9" } }, "h9").shape).toEqual(["host", "ts"]);
  });
});
