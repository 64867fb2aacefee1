import type { EventFormat } from "../types";
import type { RecordFormat } from "../record-format";
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

/** Every event format, in the order in which choices list them; one import and one entry per line. */
export const FORMATS: readonly (EventFormat | RecordFormat)[] = [
  eslogger,
  macosUnifiedLog,
  osquery,
  windowsJson,
  ecsEndpoint,
  auditd,
  omsAuditd,
  zeekTsv,
  zeekJson,
  cloudtrail,
];

export function formatById(id: string): EventFormat | RecordFormat | undefined {
  return FORMATS.find((format) => format.id === id);
}
