/*
 * Whose record is it where no machine of the fleet is named? An account, a tenant or a project stands for the host, or on the wire
 * an address. A roster of machines does not list those by itself, so a query that is limited to the roster finds nothing of such a
 * family however much of it arrives.
 */
const STAND_INS: ReadonlySet<string> = new Set(["aws-cloudtrail", "aws-other", "azure-activity", "entra-id", "gcp", "google-workspace", "m365", "okta-idp", "saas-collab", "netflow", "nsm-suricata", "nsm-zeek"]);

/** Whether records of this family name no host of their own, so that a parser can only give what stands for one. */
export function standsIn(family: string): boolean {
  return STAND_INS.has(family);
}

/** Whether no machine is the host of this family's records, whoever names it: a tenant, an account, an address, a cluster. */
export function namesNoMachine(family: string): boolean {
  return standsIn(family) || family === "kubernetes";
}
