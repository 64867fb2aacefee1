import { TARGET_IDS, type TargetId } from "../query-types";
import { esql } from "./elastic-esql";
import { lucene } from "./elastic-lucene";
import { defender, sentinel } from "./kql";
import { splunk } from "./splunk";
import { athena, postgresql } from "./sql";
import { sumo } from "./sumo";
import type { QueryTarget } from "./target";

const BY_ID: Readonly<Record<TargetId, QueryTarget>> = { sumo, splunk, defender, sentinel, lucene, esql, postgresql, athena };

/** Every query language, in the order in which people see them. */
export const TARGETS: readonly QueryTarget[] = TARGET_IDS.map((id) => BY_ID[id]);

export function targetById(id: TargetId): QueryTarget {
  return BY_ID[id];
}
