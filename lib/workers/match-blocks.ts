import { correlate } from "@/lib/detection/correlate/correlate";
import type { CorrelationResult, RuleMatch } from "@/lib/detection/correlate/match-types";
import { ProcessTree } from "@/lib/detection/correlate/process-tree";
import type { TreeFact } from "@/lib/detection/correlate/sight-process";
import { asksForTree } from "@/lib/detection/correlate/take-match";
import { listDocuments, type RuleDocument } from "@/lib/detection/list-documents";
import { linkRules, type RuleSet } from "@/lib/detection/sigma/link-rules";
import { parseRuleFile } from "@/lib/detection/sigma/parse-rule-file";
import { startMatching } from "@/lib/detection/start-matching";
import { stopCorrelations } from "@/lib/detection/stop-rules";
import { formatById } from "@/lib/events/formats/index";
import { startReading } from "@/lib/events/read-events";
import type { ParsedRecord } from "@/lib/events/types";
import { SightlineError } from "@/lib/shared/errors";
import { timeRules, type RuleCost } from "./time-rules";
import { PHASES, type BlockFindings, type MatchContent, type MatchRequest, type Phase } from "./match-messages";

const SHARE = 64; // records that one of several threads looks at before the next one does

/** One evaluation as a thread runs it. */
export interface Matching {
  readonly about: { readonly documents: readonly RuleDocument[]; readonly unrouted: readonly number[]; readonly follows: boolean };
  open(content: MatchContent): void;
  match(bytes: Uint8Array, ends: boolean): BlockFindings;
  skip(bytes: Uint8Array): void;
  inspect(bytes: Uint8Array, ends: boolean, from: number): readonly RuleCost[];
  take(matches: readonly RuleMatch[], facts: readonly TreeFact[]): void;
  correlate(): { readonly result: CorrelationResult; readonly dragged: readonly number[]; readonly unfollowed: number };
}

/** Parses, links and compiles the rules; `mark` shows outside how far it is. */
export function openMatching(request: MatchRequest, mark: Int32Array): Matching {
  const at = (phase: Phase, position = -1): void => {
    Atomics.store(mark, 1, position);
    Atomics.store(mark, 0, PHASES[phase]);
  };
  const { files, set } = loadRules(request, (file) => at("loading", file));
  at("compiling");
  const stopped = new Set(request.stoppedRules);
  let findings = emptyFindings();
  const matching = request.inspects
    ? null
    : startMatching(set, { ignoreLogsource: request.ignoreLogsource, stopped }, {
        match: (rule, event) => void findings.matches.push(rule, event),
        material: (match) => void findings.material.push(match),
        fact: (fact) => void findings.facts.push(fact),
      });
  const unrouted = matching?.unrouted ?? [];
  const about = { documents: request.inspects ? [] : listDocuments(files, set, unrouted), unrouted, follows: asksForTree(set.correlations) };
  at("idle");

  let content: MatchContent | null = null;
  let reading: ReturnType<typeof startReading> | null = null;
  let [last, refused] = [0, 0];
  let look: (record: ParsedRecord, host: string) => void = () => {};
  const read = (bytes: Uint8Array, ends: boolean, own: typeof look): void => {
    if (content === null) throw new Error("bytes came before their content");
    at("reading");
    look = own;
    if (reading === null) {
      last = 0;
      reading = openContent(content, (record, host) => {
        last = Math.max(last, record.number);
        look(record, host);
      }, (number) => {
        last = Math.max(last, number);
        refused += 1;
      });
    }
    reading.push(bytes);
    if (ends) {
      reading.end();
      reading = null;
    }
    at("idle");
  };
  const isMine = (number: number): boolean => content === null || content.share.of === 1 || Math.floor(number / SHARE) % content.share.of === content.share.mine;
  const taken: { matches: RuleMatch[]; facts: TreeFact[] } = { matches: [], facts: [] };
  return {
    about,
    open: (next) => {
      content = next;
      reading = null;
    },
    match: (bytes, ends) => {
      findings = emptyFindings();
      refused = 0;
      read(bytes, ends, (record, host) => {
        if (isMine(record.number)) matching?.record(record, host);
      });
      return { type: "block", last, refused, matches: Uint32Array.from(findings.matches), material: findings.material, facts: findings.facts };
    },
    skip: (bytes) => read(bytes, false, () => {}),
    inspect: (bytes, ends, from) => {
      const records: ParsedRecord[] = [];
      read(bytes, ends, (record) => void records.push(record));
      const costs = timeRules(set.rules, records, { ignoreLogsource: request.ignoreLogsource, stopped, from, onRule: (rule) => at("testing", rule) });
      at("idle");
      return costs;
    },
    take: (matches, facts) => {
      for (const match of matches) taken.matches.push(match);
      for (const fact of facts) taken.facts.push(fact);
    },
    correlate: () => {
      const tree = about.follows ? new ProcessTree() : null;
      for (const fact of taken.facts) tree?.observe(fact);
      const { left, dragged } = stopCorrelations(set.correlations, stopped, new Set(request.stoppedCorrelations));
      const result = correlate(left, taken.matches, { tree, onCorrelation: (index) => at("correlating", index) });
      at("idle");
      return { result, dragged, unfollowed: tree?.leftOut ?? 0 };
    },
  };
}

function emptyFindings(): { matches: number[]; material: RuleMatch[]; facts: TreeFact[] } {
  return { matches: [], material: [], facts: [] };
}

function loadRules({ rules, placeholders, stoppedFiles }: MatchRequest, onFile: (position: number) => void): { files: ReturnType<typeof parseRuleFile>[]; set: RuleSet } {
  const values = new Map(placeholders);
  const left = new Set(stoppedFiles);
  const files = rules.map(({ file, text }, position) => {
    onFile(position);
    return parseRuleFile(file, left.has(position) ? "" : text, values);
  });
  onFile(-1);
  return { files, set: linkRules(files) };
}

function openContent({ format, ...options }: MatchContent, record: (record: ParsedRecord, host: string) => void, onRefused: (number: number) => void): ReturnType<typeof startReading> {
  const known = formatById(format);
  if (known === undefined) throw new SightlineError("INVALID", `"${format}" is not an event format.`, { field: "format" });
  return startReading({ ...options, format: known }, [{ id: "match", version: 1, record, finish: () => null }], ({ number }) => onRefused(number));
}
