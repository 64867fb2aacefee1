import type { SeriesInterner } from "../intern-series";
import type { CanonicalFields, ParsedRecord, RecordFacts, RecordTime } from "../types";
import { hashText } from "./hash-text";
import { kindTraits, type KindTraits } from "./kind-traits";

const NO_FIELDS: CanonicalFields = {};
const NO_FACTS: RecordFacts = {};
const NO_TRAITS = kindTraits("");
export const USER_WINDOW_MS = 300_000;

/** Windows: none, anonymous and local service, network service, the system; audit sessions: none (-1 as a number without sign). */
const EVERYBODYS = new Set(["0", "996", "997", "999", "4294967295", "18446744073709551615", "-1"]);
const NUMBER = /^(?:0x[0-9a-f]{1,16}|\d{1,20})$/i;

/** A session's number however it is written (0x3E7, 999), or its text; null: it tells nobody apart. */
function sessionName(session: string | number): string | null {
  const text = String(session);
  const name = NUMBER.test(text) ? String(BigInt(text)) : text;
  return EVERYBODYS.has(name) ? null : name;
}

/**
 * The record that the probes look at now: one object for a whole file. Keys are hashed on demand and once, because several
 * probes ask for them; null where the record does not say enough (a process id means nothing without its host).
 */
export class RecordView {
  number = 0;
  offset = 0;
  length = 0;
  time: RecordTime | null = null;
  host = ""; // folded; "" = none known
  hostHash = 0;
  kind = "";
  shape: readonly string[] = [];
  fields: CanonicalFields = NO_FIELDS;
  facts: RecordFacts = NO_FACTS;
  redacted: readonly string[] | undefined; // canonical ids whose value the source hid
  native: unknown = null;
  series = 0;
  traits: KindTraits = NO_TRAITS;
  private uid: number | null | undefined;
  private pid: number | null | undefined;
  private shown: ParsedRecord | null = null;
  private readonly hostHashes: (number | undefined)[] = []; // by series
  private readonly byKind = new Map<string, KindTraits>();
  private readonly traitsOf: (KindTraits | undefined)[] = []; // by series

  constructor(private readonly interner: SeriesInterner) {}

  /** Looks at a record; visitors of one pass share the view and what it has computed. */
  show(record: ParsedRecord, host: string): void {
    if (record === this.shown) return;
    this.shown = record;
    const series = this.interner.of(record, host);
    this.series = series.id;
    this.traits = this.traitsOf[series.id] ??= this.traitsOfKind(series.kind);
    this.shape = series.shape;
    this.number = record.number;
    this.offset = record.offset;
    this.length = record.length;
    this.time = record.time;
    this.host = series.host;
    this.hostHash = this.hostHashes[series.id] ??= hashText(series.host);
    this.kind = series.kind;
    this.fields = record.fields;
    this.facts = record.facts ?? NO_FACTS;
    this.redacted = record.redacted;
    this.native = record.native;
    this.uid = undefined;
    this.pid = undefined;
  }

  get ms(): number | null {
    return this.time?.ms ?? null;
  }

  /** Host and an id of the process that no later process takes over. */
  uidKey(): number | null {
    if (this.uid === undefined) this.uid = this.keyed("u", this.fields["proc_uid"] ?? this.facts.processKey);
    return this.uid;
  }

  /** Host and process id, which the system gives again. */
  pidKey(): number | null {
    if (this.pid === undefined) this.pid = this.keyed("p", this.fields["pid"]);
    return this.pid;
  }

  /** The parent, in the key space of uidKey when the record names it so, else in that of pidKey. */
  parentKey(): number | null {
    return this.facts.parentKey === undefined ? this.keyed("p", this.fields["ppid"]) : this.keyed("u", this.facts.parentKey);
  }

  /** Host, user and five minutes. */
  userKey(): number | null {
    const [user, ms] = [this.fields["user"], this.ms];
    return user === undefined || ms === null ? null : this.keyed("w", `${user}\n${Math.floor(ms / USER_WINDOW_MS)}`);
  }

  /** Host and user. */
  accountKey(): number | null {
    return this.keyed("a", this.fields["user"]);
  }

  /** Host and logon or audit session; null for those that belong to everybody: the system's, the services' and none at all. */
  sessionKey(): number | null {
    const session = this.fields["session_id"];
    const name = session === undefined ? null : sessionName(session);
    return name === null ? null : this.keyed("s", name);
  }

  /** Both ends and the protocol of a connection, whichever end is named first. */
  tupleKey(): number | null {
    const { src_ip, src_port, dst_ip, dst_port, proto } = this.fields;
    if (src_ip === undefined || src_port === undefined || dst_ip === undefined || dst_port === undefined) return null;
    const [a, b] = [`${src_ip} ${src_port}`, `${dst_ip} ${dst_port}`];
    return hashText(`t\n${a < b ? `${a}\n${b}` : `${b}\n${a}`}\n${String(proto ?? "").toLowerCase()}`);
  }

  private traitsOfKind(kind: string): KindTraits {
    let traits = this.byKind.get(kind);
    if (traits === undefined) {
      traits = kindTraits(kind);
      this.byKind.set(kind, traits);
    }
    return traits;
  }

  private keyed(space: "u" | "p" | "w" | "a" | "s", value: string | number | undefined): number | null {
    return value === undefined || this.host === "" ? null : hashText(`${space}${this.host}\n${String(value).toLowerCase()}`);
  }
}
