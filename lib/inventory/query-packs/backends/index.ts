import type { Backend, BackendId } from "../types";
import { athena } from "./athena";
import { elastic } from "./elastic";
import { osquery } from "./osquery";
import { sentinel } from "./sentinel";
import { splunk } from "./splunk";

/** Every query language that packs are made for. */
export const QUERY_BACKENDS: Readonly<Record<BackendId, Backend>> = { splunk, sentinel, elastic, athena, osquery };
