import type { Endpoint } from "../endpoint";
import { ALERT_ENDPOINTS } from "./alerts";
import { ASSESSMENT_ENDPOINTS } from "./assessments";
import { CATALOG_ENDPOINTS } from "./catalog";
import { CHANGE_ENDPOINTS } from "./changes";
import { CHANNEL_ENDPOINTS } from "./channels";
import { DECISION_ENDPOINTS } from "./decisions";
import { GAP_ENDPOINTS } from "./gaps";
import { JOB_ENDPOINTS } from "./jobs";
import { NAVIGATOR_ENDPOINTS } from "./navigator";
import { PLAN_ENDPOINTS } from "./plan";
import { ROLLUP_ENDPOINTS } from "./rollups";
import { RULE_ENDPOINTS } from "./rules";
import { SEGMENT_ENDPOINTS } from "./segments";
import { WEIGHT_ENDPOINTS } from "./weights";
import { WHAT_IF_ENDPOINTS } from "./what-if";

/** Everything that /api/v1 offers, in the order of its document. */
export const ENDPOINTS: readonly Endpoint[] = [...ASSESSMENT_ENDPOINTS, ...ROLLUP_ENDPOINTS, ...CHANGE_ENDPOINTS, ...ALERT_ENDPOINTS, ...CHANNEL_ENDPOINTS, ...GAP_ENDPOINTS, ...PLAN_ENDPOINTS, ...WHAT_IF_ENDPOINTS, ...NAVIGATOR_ENDPOINTS, ...SEGMENT_ENDPOINTS, ...RULE_ENDPOINTS, ...CATALOG_ENDPOINTS, ...DECISION_ENDPOINTS, ...WEIGHT_ENDPOINTS, ...JOB_ENDPOINTS];
