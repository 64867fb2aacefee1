import type { Flag, Status } from "@/lib/assessment/status";
import type { SourceCell } from "./telemetry-states";

/** A record kind (event key) of a source: seen, claimed, asked for. Times in ms. */
export interface SourceKind {
  readonly kind: string;
  readonly key: string;
  readonly components: readonly string[]; // names of the data components that it carries
  readonly records: number; // fresh, of hosts of the segment
  readonly hosts: number;
  readonly first: number | null; // of the fresh ones
  readonly last: number | null; // of whatever age
  readonly stale: number;
  readonly foreign: number; // fresh records of hosts that are not the segment's, or that name none
  readonly claimed: boolean;
  readonly contradicted: boolean; // claimed, never seen, though the source sent enough records
  readonly cited: number; // applicable analytics whose references name it
  readonly accepted: number; // applicable analytics that accept it, those included
  readonly proves: readonly string[]; // names of the components that it proves here
  readonly why: string; // asked for and not proven: what is short; else ""
}

/** How full a canonical field is over the fresh records of a source. */
export interface SourceField {
  readonly id: string;
  readonly meaning: string;
  readonly filled: number;
  readonly redacted: number;
  readonly of: number; // fresh records of the kinds that it counts in
  readonly requiredBy: readonly string[]; // names of components of seen kinds that need it
}

export interface SourceClaim {
  readonly source: string;
  readonly file: string; // that it was imported from; "" where the assessment does not tell
  readonly logSource: string;
  readonly channel: string;
  readonly component: string;
  readonly basis: string;
  readonly asOf: number | null;
  readonly hosts: number | null;
  readonly condition: string;
  readonly kinds: number; // record kinds it speaks of
  readonly counts: boolean; // at T, by the policy
  readonly because: string; // why it does not count; "" where it does
}

export interface SourceMeasurement {
  readonly kind: string;
  readonly asOf: number;
  readonly complete: boolean;
  readonly records: boolean;
  readonly hosts: number;
  readonly count: number;
  readonly newest: number | null;
}

/** An analytic that records of this source could serve, with its verdict here. */
export interface SourceAnalytic {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly flags: readonly Flag[];
  readonly cites: boolean; // its log sources name this source; else its records are equivalents
  readonly components: readonly { readonly name: string; readonly proven: boolean }[]; // that records of this source could prove
  readonly why: string; // why this source does not prove the first that it does not; "" where all are
}

export interface SourceDataset {
  readonly id: string;
  readonly fileName: string;
  readonly format: string;
  readonly origin: string;
  readonly fresh: number; // records of this source, as the assessment counted them
  readonly stale: number;
  readonly gone: boolean; // removed or replaced since
}

export interface SourceExample {
  readonly dataset: string;
  readonly number: number;
  readonly kind: string;
  readonly host: string;
  readonly time: number | null;
  readonly raw: string;
}

/** One source in one segment: everything behind a cell of the telemetry map. */
export interface SourceFacts {
  readonly segment: { readonly id: string; readonly name: string; readonly platforms: readonly string[]; readonly rostered: boolean };
  readonly family: { readonly id: string; readonly title: string; readonly products: readonly string[]; readonly caveats: readonly string[] };
  readonly at: number;
  readonly freshDays: number;
  readonly cell: Omit<SourceCell, "segment" | "family">;
  readonly kinds: readonly SourceKind[];
  readonly fields: readonly SourceField[];
  readonly claims: readonly SourceClaim[];
  readonly measurements: readonly SourceMeasurement[];
  readonly ages: readonly { readonly label: string; readonly hosts: number }[]; // hosts by the age of their newest record
  readonly neverSeen: readonly string[]; // of the roster, folded names; empty without one
  readonly foreign: readonly string[];
  readonly datasets: readonly { readonly id: string; readonly fresh: number; readonly stale: number }[];
  readonly analytics: readonly Omit<SourceAnalytic, "name">[];
}
