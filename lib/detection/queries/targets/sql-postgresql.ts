import { POSTGRESQL } from "../regex/regex-dialects";
import type { SqlFlavour } from "./sql-dialect";

/** PostgreSQL 16 and newer (pg_input_is_valid): what is no address is in no range, instead of an error. */
export const postgresql: SqlFlavour = {
  label: "PostgreSQL",
  textType: "text",
  regex: POSTGRESQL,
  matches: (text, expression) => `${text} ~ ${expression}`,
  extract: (text, expression) => `CAST(substring(${text} from ${expression}) AS integer)`,
  inRange: (text, range) => {
    // As the engine reads them: without brackets and zone; an IPv4 address inside IPv6 is one of IPv4.
    const bare = `regexp_replace(regexp_replace(trim(${text}), '^\\[(.*)\\]$', '\\1'), '^::[fF]{4}:(?=[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$)|%.*$', '')`;
    return `CASE WHEN ${bare} !~ '/' AND pg_input_is_valid(${bare}, 'inet') THEN CAST(${bare} AS inet) <<= CAST(${range} AS cidr) ELSE FALSE END`;
  },
  endsWith: (text, end) => `right(${text}, length(${end})) = ${end}`,
};
