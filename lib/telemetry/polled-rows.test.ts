import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { componentById } from "./component-index";
import { formOfRow, keyOfRow, polledForm } from "./polled-rows";
import { componentsOfKind, knownKinds, platformsOfKind, splitKind, verdictOnKind } from "./record-kinds";
import { requiredFields } from "./required-fields";
import { kindsOfClaim } from "./resolve-claim";
import { resolveLogSource } from "./resolve-log-source";

const osqueryKinds = knownKinds().filter((kind) => splitKind(kind).family.endsWith("osquery"));

describe("what a row of osquery shows", () => {
  test.each([
    ["es_process_events", "added", 0, "act"],
    ["es_process_events", "snapshot", NaN, "act"],
    ["socket_events", "removed", 4, "removed"],
    ["unified_log", "snapshot", NaN, "act"],
    ["launchd", "added", 3, "act"],
    ["launchd", "added", 0, "snapshot"],
    ["launchd", "added", NaN, "snapshot"],
    ["launchd", "snapshot", 7, "snapshot"],
    ["launchd", "removed", 7, "removed"],
    ["launchd", "", 7, "snapshot"],
  ])("%s, %s, counter %d: %s", (table, action, counter, form) => {
    expect(formOfRow(table, action, counter)).toBe(form);
  });

  test("a snapshot carries the states of its table and no act, a removed row nothing, on the platforms of the table", () => {
    for (const kind of osqueryKinds) {
      const states = componentsOfKind(kind).filter((id) => componentById(id)?.kind === "state");
      expect(componentsOfKind(`${kind}#snapshot`)).toEqual(states);
      expect(verdictOnKind(`${kind}#snapshot`)).toBe(states.length > 0 ? "carries" : "none");
      expect([componentsOfKind(`${kind}#removed`), verdictOnKind(`${kind}#removed`)]).toEqual([[], "none"]);
      expect(platformsOfKind(`${kind}#snapshot`)).toEqual(platformsOfKind(kind));
      for (const id of states) expect(requiredFields(id, `${kind}#snapshot`)).toEqual(requiredFields(id, kind));
    }
    expect(componentsOfKind("macos-osquery:kernel_extensions")).toEqual(["DC0031", "DC0074", "DC0079"]);
    expect(componentsOfKind("macos-osquery:kernel_extensions#snapshot")).toEqual(["DC0074"]);
    expect(componentsOfKind("linux-osquery:crontab#snapshot")).toEqual(["DC0005"]);
    expect(componentsOfKind("windows-misc:osquery/users#snapshot")).toEqual(["DC0013"]);
    expect(verdictOnKind("macos-osquery:nobody_judged_this#snapshot")).toBe("unknown");
  });

  test("a list that is read now and then misses what is short: open sockets and files, running processes and containers carry no act", () => {
    for (const table of ["processes", "process_open_sockets", "process_open_files", "running_apps", "docker_containers"]) {
      for (const kind of osqueryKinds.filter((one) => splitKind(one).key === table)) expect(componentsOfKind(kind).map((id) => componentById(id)?.kind), kind).toEqual(["state"]);
    }
  });

  test("no other family has such readings, and the form is read back from every key", () => {
    for (const kind of ["linux-auditd:execve#snapshot", "windows-misc:App/7#snapshot", "macos-osquery:launchd", "macos-osquery:launchd#other"]) expect(polledForm(kind)).toBeNull();
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }).filter((table) => !/[\n\r\u2028\u2029]/.test(table)), fc.constantFrom("snapshot" as const, "removed" as const), (table, form) => {
        expect(polledForm(`macos-osquery:${keyOfRow(table, form)}`)).toEqual({ table: `macos-osquery:${table}`, form });
      }),
    );
  });
});

describe("a reference to a table", () => {
  const seen = ["macos-osquery:launchd#snapshot", "macos-osquery:launchd#removed", "macos-osquery:kernel_extensions#snapshot"];
  const cited = (component: { id: string; name: string }, channel: string) =>
    resolveLogSource({ component, name: "macos:osquery", channel }, "macOS", seen).accepts.filter(({ met }) => met === "as-cited").map(({ kind }) => kind);

  test("is met as cited by its snapshots where it asks for a state, and by changes alone where it asks for an act", () => {
    expect(cited({ id: "DC0041", name: "Service Metadata" }, "launchd")).toEqual(["macos-osquery:launchd", "macos-osquery:launchd#snapshot"]);
    expect(cited({ id: "DC0031", name: "Kernel Module Load" }, "kernel_extensions")).toEqual(["macos-osquery:kernel_extensions"]);
    expect(cited({ id: "DC0074", name: "Driver Metadata" }, "kernel_extensions")).toEqual(["macos-osquery:kernel_extensions", "macos-osquery:kernel_extensions#snapshot"]);
  });

  test("whoever claims the table claims its snapshots", () => {
    expect(kindsOfClaim({ logSource: "macos:osquery", channel: "launchd", component: "" }, "macOS", seen).kinds).toEqual(["macos-osquery:launchd", "macos-osquery:launchd#snapshot"]);
  });
});
