import { Database } from "node-sqlite3-wasm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseMeasurementCsv } from "../measurements/parse-measurement-csv";
import { makeQueryPack } from "./make-query-pack";
import { sourceOf } from "./sources";
import { everyQuery } from "./testing/every-query";

/** osquery is SQLite: its queries run here in SQLite itself, over tables with the columns that osquery documents. */
const NOW = Date.UTC(2026, 10, 21, 12) / 1000;
const FAMILIES = ["macos-osquery", "linux-osquery"];
const NUMBERS = /^(pid|parent|uid|remote_port|run_at_load)$/;

let db: Database;
beforeAll(() => {
  db = new Database();
  db.exec(`CREATE TABLE system_info (hostname TEXT); INSERT INTO system_info VALUES ('PC-1.example.test'); CREATE TABLE time (unix_time INTEGER); INSERT INTO time VALUES (${NOW});`);
  for (const [table, columns] of tables()) db.exec(`CREATE TABLE ${table} (${[...columns, ...(/_events$/.test(table) ? ["time"] : [])].map((name) => `${name} ${NUMBERS.test(name) ? "INTEGER" : name === "time" ? "INTEGER" : "TEXT"}`).join(", ")})`);
});
afterAll(() => db.close());

/** Each table with every column that some query names, and one that none does. */
function tables(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const family of FAMILIES) {
    for (const [key, columns] of Object.entries(sourceOf("osquery", family)?.tables ?? {})) {
      const table = key.replace("#snapshot", "");
      const known = found.get(table) ?? new Set(["other"]);
      for (const names of Object.values(columns)) for (const name of names) known.add(name);
      found.set(table, known);
    }
  }
  return found;
}

const statements = (text: string): string[] => text.split(/;\s*$/m).filter((part) => part.replace(/^--.*$/gm, "").trim() !== "");

describe("osquery's queries", () => {
  test.each(everyQuery("osquery").map(({ file, text }, index) => [`${index} ${file}`, text]))("%s runs in SQLite", (_, text) => {
    for (const statement of statements(text)) expect(() => db.all(statement), statement).not.toThrow();
  });

  test("count what is there, and their result is a measurement: events in the window, a list as it stands, an empty table not at all", () => {
    db.exec(`INSERT INTO process_events (path, pid, parent, uid, cmdline, time) VALUES ('/bin/sh', 7, 1, 0, 'sh -c', ${NOW - 60}), ('/bin/ls', 8, 1, 0, '', ${NOW - 120}), ('/bin/old', 9, 1, 0, 'old', ${NOW - 9 * 86_400})`);
    db.exec("INSERT INTO crontab (event, command, minute, path) VALUES ('', '/usr/bin/backup', '5', '/etc/crontab')");
    const wanted = [{ family: "linux-osquery", keys: ["crontab", "process_events", "socket_events"], fields: ["cmd", "image", "job_action"] }];
    const ask = (roster: string[]) => db.all(makeQueryPack({ segment: "Office", backend: "osquery", roster, wanted }).queries.find(({ purpose }) => purpose === "measure")?.text ?? "");
    expect(ask(["pc-2"])).toEqual([]);
    const rows = ask(["pc-1"]);
    const csv = [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row).map(String))].map((cells) => cells.join(",")).join("\n");
    const { measurements, refused, losses } = parseMeasurementCsv({ name: "m.csv", text: csv }, { now: NOW * 1000, stated: { asOf: NOW * 1000, query: "q" } });
    expect([refused, losses]).toEqual([[], []]);
    expect(measurements.map(({ kind, hosts }) => [kind, hosts])).toEqual([
      ["linux-osquery:process_events", [{ host: "PC-1.example.test", key: "pc-1", count: 2, first: (NOW - 120) * 1000, last: (NOW - 60) * 1000, fills: { cmd: 1, image: 2 } }]],
      ["linux-osquery:crontab#snapshot", [{ host: "PC-1.example.test", key: "pc-1", count: 1, first: NOW * 1000, last: NOW * 1000, fills: { job_action: 1 } }]],
    ]);
  });
});
