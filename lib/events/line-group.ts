import type { Mapped } from "./make-item";
import type { ReadLimits } from "./types";

/** Bytes of the file that one record or piece of it takes. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** A record that several lines make, with the bytes from its first line to its last. */
export interface GroupedRecord extends Place {
  readonly mapped: Mapped;
}

/** Lines of which several make one record go in; whole records come out in the order in which they complete. */
export interface LineGroup {
  /** @returns "skip" for a line that adds nothing */
  push(line: string, place: Place, host: string | null): readonly GroupedRecord[] | "skip";
  end(): readonly GroupedRecord[];
  /** Whether a line that is no format's by itself is this one's, by what stood before it: a row below its header. */
  expects?(line: string): boolean;
}

/** How a format knows its lines when a record takes several of them. */
export interface GroupPart {
  readonly isMine: (line: string) => boolean;
  open(limits: ReadLimits): LineGroup;
}
