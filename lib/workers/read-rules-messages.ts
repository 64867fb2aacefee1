import type { ReadTexts } from "@/lib/detection/rules/read-rule-texts";
import type { RuleTextFile } from "@/lib/detection/rules/stored-rule";

/** A file that cannot be read as rules, and why: listed like any refused document. */
export interface RefusedFile {
  readonly path: string;
  readonly refused: { readonly message: string; readonly remedy: string };
}

export interface ReadRulesRequest {
  readonly files: readonly (RuleTextFile | RefusedFile)[]; // in the order of their paths
  readonly at: SharedArrayBuffer; // 4 bytes: the position of the file that is being read, files.length while they are linked
}

export type FromReadRulesWorker = { readonly type: "read"; readonly read: ReadTexts } | { readonly type: "failed"; readonly message: string };
