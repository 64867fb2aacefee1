import { readsSingleRecords } from "../claim-unit";
import { csvFormat } from "../read-csv";
import { mixedFormat } from "../read-mixed";
import { othersOf } from "../read-others";
import type { RecordFormat } from "../record-format";
import type { EventFormat } from "../types";
import { auditd } from "./auditd";
import { awsGuardduty } from "./aws-guardduty";
import { awsResolverQuery } from "./aws-resolver-query";
import { awsVpcFlow } from "./aws-vpc-flow";
import { azureActivity } from "./azure-activity";
import { azureFlow } from "./azure-flow";
import { cloudtrail } from "./cloudtrail";
import { crowdstrikeFdr } from "./crowdstrike-fdr";
import { defenderDevice } from "./defender-device";
import { dockerEvents } from "./docker-events";
import { ecs } from "./ecs";
import { ecsEndpoint } from "./ecs-endpoint";
import { entraAudit } from "./entra-audit";
import { entraGraphActivity } from "./entra-graph-activity";
import { entraSignin } from "./entra-signin";
import { eslogger } from "./eslogger";
import { esxiSyslog } from "./esxi-syslog";
import { evtx } from "./evtx";
import { gcpAudit } from "./gcp-audit";
import { gcpVpcFlow } from "./gcp-vpc-flow";
import { githubAudit } from "./github-audit";
import { googleWorkspace } from "./google-workspace";
import { jamfProtect } from "./jamf-protect";
import { kubernetesAudit } from "./kubernetes-audit";
import { kubernetesEvents } from "./kubernetes-events";
import { m365UnifiedAudit } from "./m365-unified-audit";
import { macosUnifiedLog } from "./macos-unified-log";
import { netflowIpfix } from "./netflow-ipfix";
import { ocsf } from "./ocsf";
import { oktaSystemLog } from "./okta-system-log";
import { omsAuditd } from "./oms-auditd";
import { osquery } from "./osquery";
import { santa } from "./santa";
import { sentinelone } from "./sentinelone";
import { suricataEve } from "./suricata-eve";
import { sysmonLinux } from "./sysmon-linux";
import { windowsJson } from "./windows-json";
import { windowsXml } from "./windows-xml";
import { auditbeat } from "./auditbeat";
import { awsCloudwatch } from "./aws-cloudwatch";
import { carbonBlack } from "./carbon-black";
import { cef } from "./cef";
import { ciscoSyslog } from "./cisco-syslog";
import { fortigate } from "./fortigate";
import { journald } from "./journald";
import { laurel } from "./laurel";
import { leef } from "./leef";
import { panosCsv } from "./panos-csv";
import { syslog3164 } from "./syslog-3164";
import { syslog5424 } from "./syslog-5424";
import { zeekJson } from "./zeek-json";
import { zeekTsv } from "./zeek-tsv";

/** One import and one entry per line, in the order in which choices list them. */
const REGISTERED: readonly (EventFormat | RecordFormat)[] = [
  eslogger,
  macosUnifiedLog,
  osquery,
  windowsJson,
  windowsXml,
  evtx,
  sysmonLinux,
  ecsEndpoint,
  auditd,
  omsAuditd,
  zeekTsv,
  zeekJson,
  cloudtrail,
  esxiSyslog,
  suricataEve,
  santa,
  jamfProtect,
  defenderDevice,
  crowdstrikeFdr,
  sentinelone,
  carbonBlack,
  ocsf,
  ecs,
  netflowIpfix,
  gcpVpcFlow,
  azureFlow,
  awsVpcFlow,
  awsResolverQuery,
  awsGuardduty,
  awsCloudwatch,
  entraSignin,
  entraAudit,
  entraGraphActivity,
  azureActivity,
  m365UnifiedAudit,
  gcpAudit,
  googleWorkspace,
  oktaSystemLog,
  githubAudit,
  kubernetesAudit,
  kubernetesEvents,
  dockerEvents,
  laurel,
  auditbeat,
  cef,
  leef,
  panosCsv,
  fortigate,
  ciscoSyslog,
  journald,
  syslog5424,
  syslog3164,
];

/** Every event format. What a format does not know in its file is read by the one other format that does. */
export const FORMATS: readonly (EventFormat | RecordFormat)[] = REGISTERED.map((format) => {
  const others = othersOf(REGISTERED.filter(readsSingleRecords), format.id);
  return { ...format, open: (limits) => format.open(limits, others) };
});

/** Files in which several of them stand together. */
const MIXED: EventFormat = mixedFormat(FORMATS);

/** Tables, whose rows are theirs or as a mapping says. */
export const CSV: EventFormat = csvFormat(FORMATS);

/** All that an import may name. */
export const CHOICES: readonly (EventFormat | RecordFormat)[] = [...FORMATS, CSV, MIXED];

export function formatById(id: string): EventFormat | RecordFormat | undefined {
  return CHOICES.find((format) => format.id === id);
}
