import type { DerivedDataset } from "@/lib/events/derive-dataset";
import type { HostOptions } from "@/lib/events/choose-host";
import type { IndexPart } from "@/lib/events/index-codec";
import type { AggregateRow, ReadLimits } from "@/lib/events/types";
import type { ErrorPlace } from "@/lib/shared/errors";

/** What a dataset is derived with. */
export interface DeriveRequest extends HostOptions {
  readonly format: string;
  readonly limits: ReadLimits;
}

export type ToDeriveWorker = { readonly type: "begin"; readonly request: DeriveRequest } | { readonly type: "chunk"; readonly bytes: Uint8Array } | { readonly type: "end" } | { readonly type: "next-rows" };

export type FromDeriveWorker =
  | { readonly type: "taken"; readonly bytes: number }
  | { readonly type: "part"; readonly part: IndexPart }
  | { readonly type: "derived"; readonly dataset: DerivedDataset }
  | { readonly type: "rows"; readonly rows: readonly AggregateRow[] } // none: there are no more
  | { readonly type: "failed"; readonly expected: boolean; readonly message: string; readonly place: ErrorPlace };
