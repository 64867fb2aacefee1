import { describe, expect, test } from "vitest";
import { knownKinds, carries, componentsOfKind } from "./record-kinds";
import { kindsOfClaim } from "./resolve-claim";
import { resolveLogSource } from "./resolve-log-source";

const reference = (id: string, component: string, name: string, channel: string) => ({ component: { id, name: component }, name, channel });
const asCited = (resolution: ReturnType<typeof resolveLogSource>) => resolution.accepts.flatMap(({ kind, met }) => (met === "as-cited" ? [kind] : []));

describe("a record that does not show the act does not carry its component", () => {
  test.each([
    ["a run of a cron job is no new job", "linux-syslog:cron", "DC0001"],
    ["a run of a cron job is no new job on macOS", "macos-system-text:cron", "DC0001"],
    ["a run of a cron job is no new job on ESXi", "esxi:cron", "DC0001"],
    ["a run of at is no new job", "linux-syslog:atd", "DC0001"],
    ["a unit that systemd starts is no new service", "linux-syslog:systemd", "DC0060"],
    ["an extension put on a machine opens no file", "azure-activity:microsoft.compute/virtualmachines/extensions/write", "DC0055"],
    ["an object written is no object read", "gcp:storage.objects.create", "DC0055"],
    ["a changed domain is no command line", "entra-id:Set domain authentication", "DC0064"],
    ["a started instance is no command", "aws-cloudtrail:RunInstances", "DC0064"],
    ["a new account is no command", "aws-cloudtrail:CreateUser", "DC0064"],
    ["reading a command's output is no command", "aws-cloudtrail:GetCommandInvocation", "DC0064"],
    ["changed metadata is no command", "gcp:v1.compute.instances.setMetadata", "DC0064"],
    ["changed metadata is no file", "gcp:v1.compute.instances.setMetadata", "DC0061"],
    ["a traffic mirror is no traffic", "aws-cloudtrail:CreateTrafficMirrorSession", "DC0078"],
    ["a count of bytes is no content", "docker-containerd:network/flow", "DC0085"],
    ["a module that is unloaded is not loaded", "linux-auditd:delete_module", "DC0031"],
    ["an extension that is unloaded is not loaded", "macos-esf:kextunload", "DC0031"],
    ["a sign-in to vCenter is no command", "vcenter-nsx:vpxd/vim.SessionManager.login", "DC0064"],
    ["a command in a container is no account", "docker-containerd:container/exec_create", "DC0014"],
  ])("%s: %s, %s", (_, kind, component) => {
    expect(carries(kind, component)).toBe(false);
  });

  test("what these records do show, they carry", () => {
    expect(componentsOfKind("linux-syslog:crontab")).toContain("DC0001");
    expect(componentsOfKind("linux-syslog:cron")).toContain("DC0005");
    expect(componentsOfKind("esxi:cron")).toContain("DC0064");
    expect(componentsOfKind("gcp:v1.compute.instances.setMetadata")).toContain("DC0073");
    expect(componentsOfKind("aws-cloudtrail:SendCommand")).toContain("DC0064");
    expect(componentsOfKind("entra-id:Set domain authentication")).toContain("DC0066");
  });

  test("free text about commands in an account is met by commands alone", () => {
    const accepted = resolveLogSource(reference("DC0064", "Command Execution", "AWS:CloudTrail", "command-line execution of some tool"), "IaaS").accepts.map(({ kind }) => kind);
    expect(accepted).toContain("aws-cloudtrail:SendCommand");
    expect(accepted.filter((kind) => /RunInstances|CreateUser|PutRolePolicy/.test(kind))).toEqual([]);
  });
});

describe("flow logs", () => {
  test.each(["AWS:VPCFlowLogs", "VPCFlowLogs:All", "gcp:vpcflow", "azure:vpcflow", "NSX:FlowLogs", "NetFlow:Flow", "networkdevice:Flow"])("%s holds no content: cited for it, a network sensor stands in", (name) => {
    const resolution = resolveLogSource(reference("DC0085", "Network Traffic Content", name, "what was sent"), name.startsWith("NSX") ? "ESXi" : /^Net|^network/.test(name) ? "Network Devices" : "IaaS");
    expect(resolution).toMatchObject({ verdict: "not-producible", basis: "channel", substitute: expect.stringContaining("mirroring") });
    expect(resolution.source).toBeTruthy();
    expect(asCited(resolution)).toEqual([]);
    const families = new Set(resolution.accepts.map(({ kind }) => kind.split(":")[0]));
    expect([...families].filter((family) => !["nsm-zeek", "nsm-suricata", "nsm-packetbeat"].includes(family ?? ""))).toEqual([]);
    expect(resolution.accepts.map(({ kind }) => kind)).toContain("nsm-zeek:http");
  });

  test.each([["azure:vpcflow", "azure-activity:FlowLogFlowEvent"], ["gcp:vpcflow", "gcp:vpcflow"], ["AWS:VPCFlowLogs", "aws-other:vpcflow"]])("%s names its own records where flows are meant", (name, kind) => {
    expect(asCited(resolveLogSource(reference("DC0078", "Network Traffic Flow", name, "any flow"), "IaaS"))).toContain(kind);
  });
});

describe("products that references and inventories name", () => {
  test("Defender's tables are cited as its own records", () => {
    const network = resolveLogSource(reference("DC0082", "Network Connection Creation", "M365Defender:DeviceNetworkEvents", "any"), "Windows");
    expect(network.family).toBe("edr-defender");
    expect(asCited(network)).toContain("edr-defender:DeviceNetworkEvents/ConnectionSuccess");
    const process = resolveLogSource(reference("DC0032", "Process Creation", "m365:defender", "DeviceProcessEvents"), "Windows");
    expect([process.basis, asCited(process)]).toEqual(["channel", ["edr-defender:DeviceProcessEvents/ProcessCreated"]]);
    const one = resolveLogSource(reference("DC0079", "Driver Load", "m365:defender", "DeviceEvents/DriverLoad"), "Windows");
    expect(asCited(one)).toEqual(["edr-defender:DeviceEvents/DriverLoad"]);
  });

  test("a reference to any EDR is met as cited by the records of every EDR, and by no other source", () => {
    const cited = asCited(resolveLogSource(reference("DC0032", "Process Creation", "EDR:Telemetry", "what an agent saw"), "macOS"));
    expect(cited).toEqual(expect.arrayContaining(["edr-generic:process/exec", "edr-santa:EXEC", "edr-jamf:exec", "edr-crowdstrike:ProcessRollup2", "edr-defender:DeviceProcessEvents/ProcessCreated"]));
    expect(cited.filter((kind) => !kind.startsWith("edr-"))).toEqual([]);
  });

  test("a claim of one table claims that table", () => {
    const claimed = kindsOfClaim({ logSource: "Microsoft Defender for Endpoint", channel: "DeviceImageLoadEvents", component: "" }, "Windows");
    expect(claimed).toEqual({ family: "edr-defender", kinds: ["edr-defender:DeviceImageLoadEvents/ImageLoaded"] });
    const all = kindsOfClaim({ logSource: "Microsoft Defender for Endpoint", channel: "", component: "" }, "Windows").kinds;
    expect(all.length).toBeGreaterThan(claimed.kinds.length);
    expect(all.every((kind) => knownKinds().includes(kind))).toBe(true);
  });
});
