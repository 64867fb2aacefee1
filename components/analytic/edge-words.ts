import { JOIN_WORDS, windowWords } from "@/components/packs/pack-words";
import type { ChainEdge } from "@/lib/reports/analytic-pack";

export const STATE_WORDS: Readonly<Record<ChainEdge["state"], string>> = { joined: "joins", "not-joined": "does not join", "not-computed": "not computed" };

/** The condition of an edge: "the same process, at most 10 minutes later". */
export function edgeWords(edge: Pick<ChainEdge, "by" | "ordered" | "windowSeconds">): string {
  return `${JOIN_WORDS[edge.by]}, ${windowWords(edge)}`;
}
