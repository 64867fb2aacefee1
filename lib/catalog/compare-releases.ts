/** "19.1" -> [19, 1]; null for what is no release number, such as the starter's key. */
export function releaseNumbers(release: string): readonly number[] | null {
  return /^\d{1,4}(\.\d{1,4}){0,3}$/.test(release) ? release.split(".").map(Number) : null;
}

/** Orders release numbers part by part ("9.0" < "19.1" < "19.10"); names that are no number come before all numbers. */
export function compareReleases(a: string, b: string): number {
  const left = releaseNumbers(a);
  const right = releaseNumbers(b);
  if (left === null || right === null) return left === right ? (a < b ? -1 : a > b ? 1 : 0) : left === null ? -1 : 1;
  for (let part = 0; part < Math.max(left.length, right.length); part += 1) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
