import { ArrowDownRight, ArrowUpRight, Minus } from "lucide-react";
import type { ReactNode } from "react";
import { formatPoints, percentDigits } from "@/lib/shared/format-share";
import { counted, formatCount } from "@/lib/shared/format-number";
import { IntervalBar } from "@/components/charts/interval-bar";
import { HowComputed, type MeasureInputs } from "@/components/how-computed/how-computed";
import { MEASURES, type MeasureId } from "@/components/how-computed/measures";

/** A share of cells in millionths with what it rests on. null or n = 0: nothing to speak of, which is not the same as none. */
export interface MetricProps {
  /** What is measured: names the card that says how. */
  readonly measure: MeasureId;
  /** More of what it was made from, for that card: k, n and the interval are there anyway. */
  readonly inputs?: MeasureInputs;
  /** Whether the card opens right here; else a heading above or the head of its column opens it. By default a headline does. */
  readonly how?: boolean;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
  /** How many of the n hold what is measured. With cells it is the uniform number: every cell weighs one, reach is left out. */
  readonly k: number;
  /** Change since the assessment before, millionths; null or absent: nothing to compare with. */
  readonly delta?: number | null;
  /** What n counts. */
  readonly unit?: readonly [one: string, many: string];
  /** headline: a block of its own; row: two lines at the right of a table row; line: within a line of words; cell: two short lines in a cell of the matrix. */
  readonly size?: "headline" | "row" | "line" | "cell";
  /** Words after n in the headline form: what k counts. */
  readonly kWord?: string;
  readonly target?: number | null;
}

/** Up and down are arrows and signs in ink: no praise, no colour. */
export function Delta({ millionths }: { millionths: number }) {
  const Icon = Math.abs(millionths) < 500 ? Minus : millionths > 0 ? ArrowUpRight : ArrowDownRight;
  const word = Math.abs(millionths) < 500 ? "unchanged" : millionths > 0 ? "better" : "worse";
  return (
    <span className="inline-flex items-center gap-0.5 text-xs font-medium whitespace-nowrap" title={`${word} than in the assessment before`}>
      <Icon size={13} className="text-ink-3" aria-hidden />
      {formatPoints(millionths)} pts<span className="sr-only">, {word}</span>
    </span>
  );
}

/**
 * The only way to print a share: value, interval, n and change belong together. Solid part of the bar: true whatever
 * happens; hatched: claims would have to prove true; tick: the value.
 */
export function Metric({ measure, inputs, value, low, high, n, k, delta, unit = ["cell", "cells"], size = "headline", how = size === "headline", kWord, target }: MetricProps) {
  const known = value !== null && n > 0;
  const rests = known ? `${formatCount(k)} of ${counted(n, unit[0], unit[1])}${unit[0] === "cell" ? `: ${percentDigits(Math.floor((k * 1_000_000) / n))} % when every cell counts once` : ""}` : undefined;
  const card = how ? <HowComputed measure={measure} inputs={[...inputsOf({ value, low, high, n, k, unit }), ...(inputs ?? [])]} /> : null;
  if (size === "cell") return <InCell value={value} k={k} n={n} />;
  if (size === "line") {
    return known ? (
      <span className="inline-flex max-w-full flex-wrap items-center gap-x-2 whitespace-nowrap">
        <span className="font-semibold">{percentDigits(value)} %</span>
        {kWord ? <span className="text-ink-2">{kWord}</span> : null}
        {low === null || high === null ? null : <IntervalBar value={value} low={low} high={high} target={target} className="w-18" />}
        <span className="text-xs text-ink-2" title={rests}>
          {[interval(low, high), `${formatCount(k)} of ${counted(n, unit[0], unit[1])}`].filter(Boolean).join(" · ")}
        </span>
        {card}
      </span>
    ) : (
      <span className="text-ink-3">
        no evidence, n = {formatCount(n)}
        {card}
      </span>
    );
  }
  if (size === "row") {
    return known ? (
      <span className="flex flex-col items-end leading-4 whitespace-nowrap">
        <span className="font-medium">{percentDigits(value)} %</span>
        <span className="text-xs text-ink-2" title={rests}>
          {[interval(low, high), `${formatCount(k)} of ${formatCount(n)}`].filter(Boolean).join(" · ")}
        </span>
      </span>
    ) : (
      <span className="text-xs whitespace-nowrap text-ink-3">no evidence, n = {formatCount(n)}</span>
    );
  }
  return (
    <div>
      <div className="mt-1.5 flex flex-wrap items-baseline gap-x-1.5">
        {known ? (
          <>
            <span className="text-2xl font-semibold tracking-[-0.03em] print:text-xl">{percentDigits(value)}</span>
            <span className="text-ink-2">%</span>
          </>
        ) : (
          <span className="text-xl font-semibold tracking-tight text-ink-2">no evidence</span>
        )}
        {card === null ? null : <span className="self-center">{card}</span>}
        {known && delta !== undefined && delta !== null ? (
          <span className="ml-auto">
            <Delta millionths={delta} />
          </span>
        ) : null}
      </div>
      {known ? (
        <div className="mt-1.5 flex flex-wrap items-center gap-x-2">
          <IntervalBar value={value} low={low ?? value} high={high ?? value} target={target} className="min-w-24 flex-1" />
          <span className="text-xs whitespace-nowrap text-ink-2">{interval(low, high)}</span>
        </div>
      ) : null}
      <div className="mt-1 text-xs text-ink-3" title={rests}>
        {known ? `${formatCount(k)} of ${counted(n, unit[0], unit[1])}${kWord ? ` ${kWord}` : ""}` : `n = ${counted(n, unit[0], unit[1])}${n > 0 && unit[0] === "cell" ? ", without a host to weigh them by" : ""}`}
      </div>
    </div>
  );
}

/** Both lines are read aloud by what holds them: here they are hidden, since a cell has one name. */
function InCell({ value, k, n }: Pick<MetricProps, "value" | "k" | "n">) {
  return (
    <span aria-hidden className="flex flex-col items-end text-xs leading-[15px] whitespace-nowrap text-ink-3">
      <span className="text-ink-2">{value === null ? "–" : `${percentDigits(value)} %`}</span>
      <span>
        {formatCount(k)}/{formatCount(n)}
      </span>
    </span>
  );
}

/** What a share was made from, in the words of its card. */
function inputsOf({ value, low, high, n, k, unit }: Required<Pick<MetricProps, "value" | "low" | "high" | "n" | "k" | "unit">>): MeasureInputs {
  const cells = unit[0] === "cell";
  return [
    ["Counted", `${formatCount(k)} of ${counted(n, unit[0], unit[1])}${cells && n > 0 ? `, ${percentDigits(Math.floor((k * 1_000_000) / n))} % when every cell counts once` : ""}`],
    ["Value", value === null || n === 0 ? (n > 0 && cells ? "no evidence: no host weighs these cells" : "no evidence: nothing to divide by") : `${percentDigits(value)} %${low === null || high === null ? "" : `, at least ${percentDigits(low)}, at most ${percentDigits(high)}`}`],
  ];
}

function interval(low: number | null, high: number | null): string {
  return low === null || high === null ? "" : `${percentDigits(low)}–${percentDigits(high)}`;
}

/** How full a field is among n records: digits only where there are records. */
export function FillShare({ filled, n }: { filled: number; n: number }): ReactNode {
  return n === 0 ? <span>no record</span> : <span title={`${formatCount(filled)} of ${formatCount(n)} records`}>{percentDigits(Math.floor((filled / n) * 1_000_000))} %</span>;
}

/** A share of a weighted whole beside a bar or row that states the whole; title: of what. */
export function PartOfWhole({ measure, millionths, title }: { measure: MeasureId; millionths: number | null; title: string }) {
  return millionths === null ? <span className="text-ink-3">–</span> : <span title={`${MEASURES[measure].title}: ${title}`}>{percentDigits(millionths)} %</span>;
}

/** How far a job is, where the whole is known. */
export function ProgressShare({ done, total }: { done: number; total: number | null }) {
  return total === null || total === 0 ? null : <span className="whitespace-nowrap">{percentDigits(Math.floor((Math.min(done, total) / total) * 1_000_000))} %</span>;
}
