import type { JsonObject } from "../../frame/plain-value";
import { textAt } from "../cloud/value-at";

/** "class/activity"; the family and native key of a source that has its own, where the record keeps the native operation. */
export function kindOfEvent(event: JsonObject, classUid: number, activity: number): { family: string; key: string } {
  const product = textAt(event, "metadata.product.name") ?? "";
  const vendor = textAt(event, "metadata.product.vendor_name") ?? "";
  if (/^(?:aws|amazon)/i.test(vendor)) {
    const operation = textAt(event, "api.operation");
    if (product === "CloudTrail" && operation !== undefined) return { family: "aws-cloudtrail", key: operation };
    if (/vpc/i.test(product) && classUid === 4001) return { family: "aws-other", key: "vpcflow" };
    if (/route ?53/i.test(product) && classUid === 4003) return { family: "aws-other", key: "resolver-query" };
  }
  return { family: "ocsf", key: `${classUid}/${activity}` };
}
