import type { FieldBag } from "../fill-fields";
import type { JsonObject } from "../frame/plain-value";
import type { Mapped } from "../make-item";
import { jsonFormat } from "../record-format";
import { firstTime, readIsoTime, timeMs } from "../time/read-time";
import { datasetOf, isModuleEvent, kindOfEvent } from "./ecs/dataset-kind";
import { putSource } from "./ecs/source-fields";
import { ecsText, ecsValue, putEcs } from "./ecs-fields";
import { mapResult } from "./osquery";
import { localAddressOf } from "./zeek/map-row";

/**
 * Elastic Common Schema 8 and 9 beyond endpoint events: what Filebeat's modules, Elastic Agent's integrations and Packetbeat
 * make of other sources' logs. The data set says whose log it was: its family and native operation are kept, so that a
 * CloudTrail call is one whichever way it came. Data sets that no family claims are read, and carry nothing.
 */
export const ecs = jsonFormat({
  id: "ecs",
  label: "ECS events of modules and integrations",
  extensions: [".json", ".ndjson"],
  record: "an ECS event of a module or integration",
  evidence: ["@timestamp", "event.dataset | data_stream.dataset | agent.type packetbeat"],
  isMine: isModuleEvent,
  map: (event, limits) => (!isModuleEvent(event) ? null : datasetOf(event) === "osquery.result" ? mapOsquery(event) : [mapEvent(event, limits.zone)]),
});

/** Filebeat keeps an osquery result under its own names: it is read as what osquery wrote. */
function mapOsquery(event: JsonObject): readonly Mapped[] | "skip" {
  const of = (name: string) => ecsValue(event, `osquery.result.${name}`);
  const platform = ecsText(event, "host.os.type") ?? ecsText(event, "host.os.platform");
  return mapResult({ name: of("name") ?? "unknown", hostIdentifier: of("host_identifier") ?? ecsText(event, "host.name"), unixTime: of("unix_time"), action: of("action"), counter: of("counter"), columns: of("columns") ?? {}, ...(platform === undefined ? {} : { decorations: { platform } }) });
}

/** Sources on a wire or in a service: the agent's host is only the machine that fetched their log. */
const REMOTE = /^(?:nsm-|netflow|aws-|azure-|entra-|m365|okta-|gcp|google-|saas-|kubernetes|firewall)/;
const OWNERS = ["cloud.account.id", "azure.tenant_id", "azure.subscription_id", "organization.id", "organization.name", "cloud.project.id", "observer.hostname", "observer.name"];

function mapEvent(event: JsonObject, zone: string): Mapped {
  const { family, key } = kindOfEvent(event, datasetOf(event));
  const fields: FieldBag = {};
  putEcs(fields, event);
  putSource(fields, event, family);
  return {
    time: firstTime(readIsoTime(event["@timestamp"], "@timestamp", zone), readIsoTime(ecsText(event, "event.created"), "event.created", zone)),
    host: hostOf(event, family),
    family,
    key,
    fields,
    facts: { id: ecsText(event, "event.id"), ingested: timeMs(readIsoTime(ecsText(event, "event.ingested"), "event.ingested", zone), "known") },
  };
}

function hostOf(event: JsonObject, family: string): string | null {
  if (!REMOTE.test(family)) return ecsText(event, "host.name") ?? ecsText(event, "host.hostname") ?? null;
  if (/^(?:nsm-|netflow)/.test(family)) return localAddressOf(ecsValue(event, "source.ip"), ecsValue(event, "destination.ip"));
  return OWNERS.map((name) => ecsText(event, name)).find((value) => value !== undefined) ?? null;
}
