/** Spreads copies of a Windows event over hosts, processes, users and 60 days, so that nothing is interned that would not be in a fleet. */
export function varyLine(line: string, n: number): string {
  const at = new Date(Date.UTC(2026, 0, 1) + (n % 5_000_000) * 1037).toISOString();
  return line
    .replaceAll(/WORKSTATION\d/g, `WS-${n % 300}`)
    .replaceAll(/"ProcessId":"\d+"/g, `"ProcessId":"${(n * 7) % 65_536}"`)
    .replaceAll(/\{[0-9a-f]{8}-/gi, `{${hexOf(n)}-`)
    .replaceAll(/20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d+/g, at.slice(0, 10) + (n % 2 ? " " : "T") + at.slice(11, 23))
    .replaceAll(/wardog/g, `user${n % 1000}`)
    .replaceAll(/0x[0-9a-f]{5,}/gi, `0x${hexOf(n + 1)}`);
}

/** The same with a random token in command lines and in the folders of images: no such value comes twice. */
export function varyTexts(line: string, n: number): string {
  return varyLine(line, n)
    .replaceAll(/"((?:Parent)?CommandLine)":"((?:[^"\\]|\\.)+)"/g, (_, name: string, value: string) => `"${name}":"${value} ${hexOf(n ^ 0x5bd1e995)}"`)
    .replaceAll(/"(Image|ParentImage|TargetFilename|ImageLoaded)":"((?:[^"\\]|\\.)*)\\\\([^"\\]+)"/g, (_, name: string, folder: string, file: string) => `"${name}":"${folder}\\\\${hexOf(n * 31)}\\\\${file}"`);
}

function hexOf(seed: number): string {
  return (Math.imul(seed, 2654435761) >>> 0).toString(16).padStart(8, "0");
}
