import { describe, expect, test } from "vitest";
import { isOn, withSeen } from "./carriers";
import { equivalenceClassesOf } from "./equivalence";
import { componentsOfKind, platformsOfKind, verdictOnKind } from "./record-kinds";
import { requiredFields } from "./required-fields";
import { kindsOfClaim } from "./resolve-claim";
import { resolveLogSource } from "./resolve-log-source";
import { baseKind, keyOnPlatform, statedPlatform, withStated } from "./stated-platform";

const START = { component: { id: "DC0032", name: "Process Creation" }, name: "WinEventLog:Sysmon", channel: "EventCode=1" };

describe("a record that states its system", () => {
  test("says so behind its key, in families that run on several systems and in no other", () => {
    const kind = `edr-crowdstrike:${keyOnPlatform("ProcessRollup2", "macOS")}`;
    expect([baseKind(kind), statedPlatform(kind)]).toEqual(["edr-crowdstrike:ProcessRollup2", "macOS"]);
    for (const other of ["edr-crowdstrike:ProcessRollup2", "macos-unifiedlog:eva@macOS", "edr-crowdstrike:ProcessRollup2@Plan 9", "ocsf:a@b"]) {
      expect([baseKind(other), statedPlatform(other)]).toEqual([other, null]);
    }
    expect(keyOnPlatform("1007/1", null)).toBe("1007/1");
  });

  test("means the same as one that does not, and comes from that system alone", () => {
    for (const [plain, stated] of [["edr-defender:DeviceProcessEvents/ProcessCreated", "edr-defender:DeviceProcessEvents/ProcessCreated@macOS"], ["ocsf:1007/1", "ocsf:1007/1@macOS"]] as const) {
      expect(componentsOfKind(stated)).toEqual(componentsOfKind(plain));
      expect(verdictOnKind(stated)).toBe("carries");
      expect(equivalenceClassesOf(stated, "DC0032")).toEqual(["DC0032/process-start"]);
      expect(requiredFields("DC0032", stated)).toEqual(requiredFields("DC0032", plain));
      expect(platformsOfKind(plain)).toEqual(["Windows", "macOS", "Linux", "Containers"]);
      expect(platformsOfKind(stated)).toEqual(["macOS"]);
      expect([isOn(stated, "macOS"), isOn(stated, "Windows")]).toEqual([true, false]);
    }
  });

  test("is accepted where its plain kind is, on its own system only", () => {
    const seen = ["edr-crowdstrike:ProcessRollup2@Windows", "edr-crowdstrike:ProcessRollup2@macOS", "edr-crowdstrike:EndOfProcess@Windows"];
    const accepted = resolveLogSource(START, "Windows", seen).accepts.map((item) => item.kind);
    expect(accepted).toEqual(expect.arrayContaining(["windows-sysmon:1", "edr-crowdstrike:ProcessRollup2", "edr-crowdstrike:ProcessRollup2@Windows"]));
    expect(accepted).not.toContain("edr-crowdstrike:ProcessRollup2@macOS");
    expect(accepted).not.toContain("edr-crowdstrike:EndOfProcess@Windows");
  });

  test("proves a free-text channel of its system by component", () => {
    const text = { ...START, name: "macos:unifiedlog", channel: "whatever an analyst wrote here" };
    const resolution = resolveLogSource(text, "macOS", ["edr-crowdstrike:ProcessRollup2@macOS", "edr-crowdstrike:ProcessRollup2@Windows"]);
    expect(resolution.basis).toBe("component");
    const accepted = resolution.accepts.map((item) => item.kind);
    expect(accepted).toEqual(expect.arrayContaining(["edr-santa:EXEC", "edr-jamf:exec", "edr-defender:DeviceProcessEvents/ProcessCreated", "ocsf:1007/1", "edr-crowdstrike:ProcessRollup2@macOS"]));
    expect(accepted).not.toContain("edr-crowdstrike:ProcessRollup2@Windows");
  });

  test("counts for a claim of its sensor", () => {
    const seen = ["edr-crowdstrike:ProcessRollup2@macOS"];
    const claim = (channel: string) => kindsOfClaim({ logSource: "CrowdStrike:FDR", channel, component: "" }, "macOS", seen).kinds;
    expect(claim("")).toEqual(expect.arrayContaining(["edr-crowdstrike:ProcessRollup2", "edr-crowdstrike:ProcessRollup2@macOS"]));
    expect(claim("ProcessRollup2")).toEqual(["edr-crowdstrike:ProcessRollup2", "edr-crowdstrike:ProcessRollup2@macOS"]);
    expect(claim("")).not.toContain("edr-crowdstrike:RegGenericValueUpdate");
  });

  test("adds nothing where nothing was met", () => {
    expect(withStated(["edr-generic:process/exec"], [])).toEqual(["edr-generic:process/exec"]);
    expect(withSeen(["ocsf:1007/1"], ["ocsf:1007/1@Linux"], "DC0032", "Linux")).toEqual(["ocsf:1007/1", "ocsf:1007/1@Linux"]);
  });
});

describe("where sensors' records can come from", () => {
  test.each([
    ["edr-santa:EXEC", ["macOS"]],
    ["edr-jamf:network_connect", ["macOS"]],
    ["edr-defender:DeviceRegistryEvents/RegistryValueSet", ["Windows"]],
    ["edr-defender:DeviceEvents/PlistPropertyModified", ["macOS"]],
    ["edr-defender:DeviceEvents/ServiceInstalled", ["Windows"]],
    ["edr-crowdstrike:KextLoad", ["macOS"]],
    ["edr-crowdstrike:ScheduledTaskRegistered", ["Windows"]],
    ["ocsf:201002/2", ["Windows"]],
    ["ocsf:3002/1", ["Identity Provider", "SaaS", "Office Suite", "IaaS"]],
    ["ocsf:3002/1@Linux", ["Linux", "Containers"]],
  ])("%s: %j", (kind, platforms) => {
    expect(platformsOfKind(kind)).toEqual(platforms);
  });
});
