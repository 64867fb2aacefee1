import { z } from "zod";
import type { PackManifest } from "./pack-schema";

export type PackOrigin = "built-in" | "imported";

/** A version of a pack as it was loaded. */
export interface PackRow {
  readonly analytic: string;
  readonly version: number;
  readonly digest: string; // of its files
  readonly origin: PackOrigin;
  readonly release: string; // of ATT&CK, that it was written against
  readonly manifest: PackManifest;
  readonly tests: readonly StoredPackTest[];
  readonly passed: boolean;
  readonly current: boolean;
  readonly loadedAt: string; // ISO 8601
  readonly loadedBy: string;
}

export const storedTestSchema = z.object({ test: z.string(), kind: z.enum(["true-positive", "benign", "near-miss"]), passed: z.boolean(), problems: z.array(z.string()), records: z.number().int() });
/** What is kept of a test of a pack's own. */
export type StoredPackTest = z.infer<typeof storedTestSchema>;
