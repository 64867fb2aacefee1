const HOSTS = 40;

/** How many records make about 40 MB. */
export const LARGE_RECORDS = 90_000;

/**
 * Sysmon process starts as lines of JSON, in chunks of about 1 MiB: 40 hosts, hours in order, every line another. Large enough
 * for what shows only in the middle of a long import.
 */
export async function* largeSample(records = LARGE_RECORDS): AsyncGenerator<Uint8Array> {
  const start = Date.UTC(2026, 2, 2, 8);
  let text = "";
  for (let i = 0; i < records; i += 1) {
    const at = new Date(start + i * 250).toISOString();
    text += `${JSON.stringify({
      Channel: "Microsoft-Windows-Sysmon/Operational",
      SourceName: "Microsoft-Windows-Sysmon",
      EventID: 1,
      Hostname: `ws-${String(i % HOSTS).padStart(3, "0")}.example.test`,
      UtcTime: at.replace("T", " ").replace("Z", ""),
      Image: "C:\\Windows\\System32\\cmd.exe",
      CommandLine: `cmd.exe /c echo ${i} ${(Math.imul(i, 2654435761) >>> 0).toString(36)}`,
      ParentImage: "C:\\Windows\\explorer.exe",
      ProcessId: String(1000 + (i % 50_000)),
      ParentProcessId: "812",
      ProcessGuid: `{96128EA2-F212-5F7E-${String(i % 10_000).padStart(4, "0")}-000000007F01}`,
      User: "EXAMPLE\\ana",
    })}\n`;
    if (text.length > 1 << 20) {
      yield Buffer.from(text);
      text = "";
    }
  }
  yield Buffer.from(text);
}
