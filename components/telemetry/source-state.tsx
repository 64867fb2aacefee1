import { Glyph } from "@/components/status/status-glyph";
import { classNames } from "@/components/ui/class-names";
import type { SourceFlag, SourceState } from "@/lib/reports/telemetry-states";

interface StateLook {
  readonly word: string;
  readonly says: string;
  readonly className: string;
  readonly glyph: string | null; // of the sprite; null: the small dot of records that prove nothing
  readonly corner?: "g-clock" | "g-off";
}

/** How a source's state looks and what it says, most proof first. Fill and glyph tell it apart, never colour alone. */
export const STATE_LOOK: Readonly<Record<SourceState, StateLook>> = {
  proven: { word: "proven", says: "every component that analytics ask of it is proven by its records", className: "st st-observed", glyph: "g-observed" },
  part: { word: "partly proven", says: "its records prove some of what analytics ask of it", className: "st st-partial", glyph: "g-partial" },
  thin: { word: "proves nothing", says: "fresh records arrive, but none proves what analytics ask: too few hosts, fields that are empty, or nobody asks", className: "st st-blind", glyph: null },
  stale: { word: "stale", says: "records exist, all older than the window", className: "st st-declared", glyph: "g-declared", corner: "g-clock" },
  silent: { word: "silent", says: "a complete measurement or flow statistic shows that it stopped", className: "st st-blind", glyph: "g-blind", corner: "g-off" },
  claimed: { word: "claimed", says: "somebody says so; no record", className: "st st-declared", glyph: "g-declared" },
  absent: { word: "absent", says: "no record and no claim", className: "st st-blind", glyph: "g-blind" },
};

/** In the order of legends and filters. */
export const STATE_ORDER: readonly SourceState[] = ["proven", "part", "thin", "stale", "silent", "claimed", "absent"];

export const FLAG_WORDS: Readonly<Record<SourceFlag, string>> = {
  contradicted: "contradicted",
  silent: "silent",
  stale: "stale",
  conditional: "conditional",
  "hosts-unverified": "hosts unverified",
};

/** "partly proven, contradicted". */
export function stateTitle(state: SourceState, flags: readonly SourceFlag[]): string {
  return [STATE_LOOK[state].word, ...flags.filter((flag) => flag !== state).map((flag) => FLAG_WORDS[flag])].join(", ");
}

/** The box of a state, silent for readers of the screen: words stand beside it. */
export function SourceGlyph({ state, flags = [], size = 20 }: { state: SourceState; flags?: readonly SourceFlag[]; size?: number }) {
  const { className, glyph, corner } = STATE_LOOK[state];
  const mark = flags.includes("contradicted") ? "g-bolt" : corner;
  return (
    <span aria-hidden className={classNames("relative inline-grid shrink-0 place-items-center rounded-sm border", className)} style={{ width: size, height: size }}>
      {glyph === null ? <i className="size-[5px] rounded-full bg-current" /> : <Glyph id={glyph} size={size < 16 ? 9 : 12} />}
      {mark === undefined ? null : (
        <span className="absolute -top-[5px] -right-[5px] grid size-[13px] place-items-center rounded-full bg-surface text-attn">
          <Glyph id={mark} size={10} />
        </span>
      )}
    </span>
  );
}

/** Glyph and words together. */
export function SourceWord({ state, flags = [] }: { state: SourceState; flags?: readonly SourceFlag[] }) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap" title={STATE_LOOK[state].says}>
      <SourceGlyph state={state} flags={flags} size={16} />
      {stateTitle(state, flags)}
    </span>
  );
}

/** Every state of the map, and the pair to which the question does not apply. */
export function SourceLegend() {
  return (
    <ul aria-label="Legend" className="flex flex-wrap gap-x-3.5 gap-y-1 text-xs text-ink-2">
      {STATE_ORDER.map((state) => (
        <li key={state} className="inline-flex items-center gap-1.5" title={STATE_LOOK[state].says}>
          <SourceGlyph state={state} size={14} />
          {STATE_LOOK[state].word}
        </li>
      ))}
      <li className="inline-flex items-center gap-1.5" title="claimed, yet enough fresh records of the source carry none of it">
        <span className="text-attn">
          <Glyph id="g-bolt" />
        </span>
        contradicted
      </li>
      <li className="inline-flex items-center gap-1.5" title="the source runs on no platform of the segment">
        <span aria-hidden className="st st-not-applicable inline-grid size-3.5 place-items-center rounded-[3px] border">
          <Glyph id="g-not-applicable" size={9} />
        </span>
        not applicable
      </li>
    </ul>
  );
}
