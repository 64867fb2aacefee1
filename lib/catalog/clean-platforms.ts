/** Platform names, trimmed, each once. ICS publishes the string "None" for "no platform": that is an empty list, not a platform. */
export function cleanPlatforms(published: readonly string[]): readonly string[] {
  return [...new Set(published.map((platform) => platform.trim()))].filter((platform) => platform !== "" && platform !== "None");
}
