import type { Endpoint } from "../endpoint";
import { ALERT_ENDPOINTS } from "./alerts";
import { ASSESSMENT_ENDPOINTS } from "./assessments";
import { CATALOG_ENDPOINTS } from "./catalog";
import { CHANGE_ENDPOINTS } from "./changes";
import { DECISION_ENDPOINTS } from "./decisions";
import { GAP_ENDPOINTS } from "./gaps";
import { JOB_ENDPOINTS } from "./jobs";
import { NAVIGATOR_ENDPOINTS } from "./navigator";
import { ROLLUP_ENDPOINTS } from "./rollups";
import { RULE_ENDPOINTS } from "./rules";
import { SEGMENT_ENDPOINTS } from "./segments";

/** Everything that /api/v1 offers, in the order of its document. */
export const ENDPOINTS: readonly Endpoint[] = [...ASSESSMENT_ENDPOINTS, ...ROLLUP_ENDPOINTS, ...CHANGE_ENDPOINTS, ...ALERT_ENDPOINTS, ...GAP_ENDPOINTS, ...NAVIGATOR_ENDPOINTS, ...SEGMENT_ENDPOINTS, ...RULE_ENDPOINTS, ...CATALOG_ENDPOINTS, ...DECISION_ENDPOINTS, ...JOB_ENDPOINTS];
