import { formatById } from "@/lib/events/formats/index";
import { startReading } from "@/lib/events/read-events";
import type { ParsedRecord } from "@/lib/events/types";
import { SightlineError } from "@/lib/shared/errors";
import type { MatchContent } from "./match-messages";

export type Look = (record: ParsedRecord, host: string) => void;

/** Reads one content block by block: a reader per unit, so that a unit may begin at any record that stands alone. */
export class BlockReader {
  private content: MatchContent | null = null;
  private reading: ReturnType<typeof startReading> | null = null;
  private look: Look = () => {};
  /** Number of the last record met in this unit, refused ones included. */
  last = 0;
  /** Refused records, of all blocks since it was set back. */
  refused = 0;
  /** The last unit that ended held a header, or records of several formats. */
  bound = false;

  open(content: MatchContent): void {
    this.content = content;
    this.reading = null;
  }

  /** @throws SightlineError for a format that is not known, or an expression for hosts that finds none */
  read(bytes: Uint8Array, ends: boolean, look: Look): void {
    if (this.content === null) throw new Error("bytes came before their content");
    this.look = look;
    if (this.reading === null) {
      this.last = 0;
      this.bound = false;
      this.reading = this.start(this.content);
    }
    this.reading.push(bytes);
    if (!ends) return;
    const { formats, skipped } = this.reading.end();
    this.bound = formats.length > 0 || skipped.some(({ reason }) => reason === "header");
    this.reading = null;
  }

  private start({ format, ...options }: MatchContent): ReturnType<typeof startReading> {
    const known = formatById(format);
    if (known === undefined) throw new SightlineError("INVALID", `"${format}" is not an event format.`, { field: "format" });
    const record: Look = (found, host) => {
      this.last = Math.max(this.last, found.number);
      this.look(found, host);
    };
    return startReading({ ...options, format: known }, [{ id: "match", version: 1, record, finish: () => null }], ({ number }) => {
      this.last = Math.max(this.last, number);
      this.refused += 1;
    });
  }
}
