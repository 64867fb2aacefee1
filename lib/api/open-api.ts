import packageJson from "@/package.json";
import { describeApi } from "./describe-api";
import { ENDPOINTS } from "./endpoints";

let made: ReturnType<typeof describeApi> | null = null;

/** The OpenAPI 3.1 document of this server; made once. */
export function openApi(): ReturnType<typeof describeApi> {
  made ??= describeApi(ENDPOINTS, packageJson.version);
  return made;
}
