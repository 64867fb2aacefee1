import { z } from "zod";
import table from "./tables/linux-syscalls.json";

// name -> [x86_64, i386, arm64], from the kernel's own headers (asm/unistd_64.h, asm/unistd_32.h, asm-generic/unistd.h).
const NUMBERS = z.record(z.string(), z.tuple([z.number().nullable(), z.number().nullable(), z.number().nullable()])).parse(table);

// arch= of an audit record: the ELF machine with flags, in hex.
const COLUMN_OF_ARCH: Readonly<Record<string, 0 | 1 | 2>> = { c000003e: 0, x86_64: 0, b64: 0, "40000003": 1, i386: 1, b32: 1, c00000b7: 2, aarch64: 2 };
const BY_NUMBER = [0, 1, 2].map((column) => new Map(Object.entries(NUMBERS).flatMap(([name, row]) => (typeof row[column] === "number" ? [[row[column], name]] : []))));

/** Whether Linux has a system call of this name on any of the three architectures. */
export function isSyscallName(name: string): boolean {
  return Object.hasOwn(NUMBERS, name);
}

/** The name of a system call by its number and an audit record's arch ("c000003e", with or without 0x), or null where either is unknown. */
export function syscallName(number: number, arch: string): string | null {
  const column = COLUMN_OF_ARCH[arch.trim().toLowerCase().replace(/^0x/, "")];
  return column === undefined ? null : (BY_NUMBER[column]?.get(number) ?? null);
}

/** The number of a system call on the architecture of an audit record ("c000003e"), or null where it has none. */
export function syscallNumber(name: string, arch: string): number | null {
  const column = COLUMN_OF_ARCH[arch];
  return column === undefined || !Object.hasOwn(NUMBERS, name) ? null : (NUMBERS[name]?.[column] ?? null);
}

/** Whether a system call exists for programs of this width (b64: x86_64, b32: i386). */
export function syscallExists(name: string, arch: "b64" | "b32"): boolean {
  return Object.hasOwn(NUMBERS, name) && typeof NUMBERS[name]?.[arch === "b64" ? 0 : 1] === "number";
}
