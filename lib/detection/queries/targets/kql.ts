import { correlateKql } from "../correlations/correlate-kql";
import { KQL_ABOUT, kqlDialect, kqlMember, kqlName, kqlQuery } from "./kql-dialect";
import type { QueryTarget } from "./target";

function target(id: "defender" | "sentinel", label: string): QueryTarget {
  return { id, label, extension: "kql", about: [KQL_ABOUT], dialect: () => kqlDialect, name: kqlName, member: kqlMember, fallback: null, render: kqlQuery, correlate: correlateKql, longest: null };
}

/** Advanced hunting: the Device tables. */
export const defender = target("defender", "Microsoft Defender XDR (KQL)");
/** Sentinel and Log Analytics: SecurityEvent, WindowsEvent, Event, Syslog and the tables of cloud connectors. */
export const sentinel = target("sentinel", "Microsoft Sentinel (KQL)");
