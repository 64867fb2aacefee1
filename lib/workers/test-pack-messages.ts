import type { Pack, PackManifest, PackRefusal } from "@/lib/detection/packs/pack-schema";
import type { PackTestResult } from "@/lib/detection/packs/run-pack-tests";

/** Packs as files by path. */
export interface TestPackRequest {
  readonly packs: readonly ReadonlyMap<string, Uint8Array>[];
}

export type FromTestPackWorker =
  | { readonly type: "tested"; readonly position: number; readonly manifest: PackManifest; readonly rules: Pack["rules"]; readonly tests: readonly PackTestResult[] }
  | { readonly type: "refused"; readonly position: number; readonly refused: readonly PackRefusal[] }
  | { readonly type: "end" }
  | { readonly type: "failed"; readonly message: string };
