import table from "./syscalls.json";

/** Numbers of Linux system calls per architecture, as in the kernel's own headers: position = number. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  c000003e: table.x86_64.split(","),
  "40000003": table.i386.split(","),
  c00000b7: table.aarch64.split(","),
};

/** The name of a call: as an enriched log gives it, else by architecture (audit's hexadecimal code) and number, else "syscall-N". */
export function syscallName(arch: string | undefined, call: string, enriched: string | undefined): string {
  if (enriched !== undefined && enriched !== "") return enriched;
  if (!/^\d{1,4}$/.test(call)) return call;
  return NAMES[(arch ?? "c000003e").replace(/^0x/, "")]?.[Number(call)] || `syscall-${call}`;
}
