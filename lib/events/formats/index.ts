import type { EventFormat } from "../types";
import { auditd } from "./auditd";
import { cloudtrail } from "./cloudtrail";
import { ecsEndpoint } from "./ecs-endpoint";
import { eslogger } from "./eslogger";
import { macosUnifiedLog } from "./macos-unified-log";
import { omsAuditd } from "./oms-auditd";
import { osquery } from "./osquery";
import { windowsJson } from "./windows-json";
import { zeekJson } from "./zeek-json";
import { zeekTsv } from "./zeek-tsv";

/** Every event format, in the order in which choices list them. */
export const FORMATS: readonly EventFormat[] = [eslogger, macosUnifiedLog, osquery, windowsJson, ecsEndpoint, auditd, omsAuditd, zeekTsv, zeekJson, cloudtrail];

export function formatById(id: string): EventFormat | undefined {
  return FORMATS.find((format) => format.id === id);
}
