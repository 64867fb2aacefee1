import { TRINO } from "../regex/regex-dialects";
import type { SqlFlavour } from "./sql-dialect";

/** Amazon Athena (engine version 3) and Trino. */
export const athena: SqlFlavour = {
  label: "Athena",
  textType: "varchar",
  regex: TRINO,
  matches: (text, expression) => `regexp_like(${text}, ${expression})`,
  extract: (text, expression) => `TRY_CAST(regexp_extract(${text}, ${expression}, 1) AS integer)`,
  inRange: (text, range) => `contains(${range}, TRY_CAST(regexp_replace(trim(${text}), '\\A\\[|\\]\\z|%.*\\z', '') AS ipaddress))`,
  endsWith: (text, end) => `substr(${text}, -length(${end})) = ${end}`,
};
