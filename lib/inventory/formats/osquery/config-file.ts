import { z } from "zod";

/** The parts of an osquery configuration or pack that say what is collected; scalars come as text, number or boolean. */
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => (value === null ? "" : String(value)));
const platforms = z.union([scalar, z.array(scalar).transform((values) => values.join(","))]);

export const querySchema = z.looseObject({
  query: z.string(),
  interval: scalar.optional(),
  snapshot: scalar.optional(), // the whole list at each run, in place of what changed
  platform: platforms.optional(),
  shard: scalar.optional(),
});
export type OsqueryQuery = z.infer<typeof querySchema>;

export const packSchema = z.looseObject({
  queries: z.record(z.string(), z.unknown()),
  platform: platforms.optional(),
  shard: scalar.optional(),
  discovery: z.array(z.string()).optional(),
});

export const configSchema = z.looseObject({
  options: z.record(z.string(), z.unknown()).optional(),
  schedule: z.record(z.string(), z.unknown()).optional(),
  packs: z.record(z.string(), z.unknown()).optional(),
  file_paths: z.record(z.string(), z.unknown()).optional(),
});
export type OsqueryConfig = z.infer<typeof configSchema>;

/** Without whole-line comments (# or //) and with lines joined that end in a backslash, as osquery itself reads its files. */
export function plainJson(text: string): string {
  return text
    .replace(/\\\r?\n/g, " ")
    .split("\n")
    .filter((line) => !/^\s*(?:#|\/\/)/.test(line))
    .join("\n");
}

/** Which of ATT&CK's platforms a query is for ("darwin,linux", "posix", "any", ""). */
export function platformsOfQuery(text: string): readonly ("macOS" | "Linux" | "Windows")[] {
  const words = text.toLowerCase().split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 0 || words.some((word) => word === "all" || word === "any")) return ["macOS", "Linux", "Windows"];
  const found = new Set<"macOS" | "Linux" | "Windows">();
  for (const word of words) {
    if (word === "darwin" || word === "posix") found.add("macOS");
    if (word === "windows") found.add("Windows");
    if (!["darwin", "windows", "freebsd"].includes(word)) found.add("Linux"); // linux, posix, ubuntu, centos, ...
  }
  return [...found];
}
