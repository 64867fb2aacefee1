import type { GapCode, GapGroup, GapKind } from "@/lib/gaps/gap-words";
import type { GapClosing, GapState } from "@/lib/gaps/gap-state";

/** A gap as the long table shows it. points, alonePoints, gain in millionths; due, expires: ISO dates, "" = none; cost, gain -1: none. */
export interface GapLine {
  readonly id: number;
  readonly segment: string; // id
  readonly what: string;
  readonly why: string;
  readonly family: string; // title
  readonly kind: GapKind;
  readonly code: GapCode;
  readonly group: GapGroup;
  readonly cells: number;
  readonly points: number;
  readonly alone: number;
  readonly cost: number;
  readonly gain: number;
  readonly state: GapState;
  readonly closing: GapClosing | "";
  readonly lapsed: boolean;
  readonly owner: string;
  readonly due: string;
  readonly expires: string;
}

type Word = "segment" | "what" | "why" | "family" | "kind" | "code" | "group" | "state" | "closing" | "owner" | "due" | "expires";
type Count = "id" | "cells" | "points" | "alone" | "cost" | "gain";

/** Thousands of lines as columns of numbers over one list of texts, so that the page stays small. Positions of lapsed ones apart. */
export interface PackedGaps {
  readonly texts: readonly string[];
  readonly columns: Readonly<Record<Word | Count, readonly number[]>>;
  readonly lapsed: readonly number[];
}

export interface GapsView {
  readonly assessment: { readonly id: number; readonly label: string } | null; // that the backlog follows; null: none ran yet
  readonly today: string; // ISO date
  readonly currency: string;
  readonly segments: readonly { readonly id: string; readonly name: string }[];
  readonly gaps: PackedGaps;
}

export function packGaps(lines: readonly GapLine[]): PackedGaps {
  const texts = new Map<string, number>();
  const intern = (text: string): number => {
    let position = texts.get(text);
    if (position === undefined) texts.set(text, (position = texts.size));
    return position;
  };
  const word = (name: Word): number[] => lines.map((line) => intern(line[name]));
  const number = (name: Count): number[] => lines.map((line) => line[name]);
  const columns = {
    segment: word("segment"), what: word("what"), why: word("why"), family: word("family"), kind: word("kind"), code: word("code"), group: word("group"), state: word("state"), closing: word("closing"), owner: word("owner"), due: word("due"), expires: word("expires"),
    id: number("id"), cells: number("cells"), points: number("points"), alone: number("alone"), cost: number("cost"), gain: number("gain"),
  };
  return { columns, texts: [...texts.keys()], lapsed: lines.flatMap(({ lapsed }, position) => (lapsed ? [position] : [])) };
}
