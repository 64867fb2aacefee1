import { correlate } from "@/lib/detection/correlate/correlate";
import type { RuleMatch } from "@/lib/detection/correlate/match-types";
import { ProcessTree } from "@/lib/detection/correlate/process-tree";
import type { TreeFact } from "@/lib/detection/correlate/sight-process";
import { startMatching } from "@/lib/detection/start-matching";
import { stopCorrelations } from "@/lib/detection/stop-rules";
import type { ParsedRecord } from "@/lib/events/types";
import { BlockReader } from "./block-reader";
import { describeRules, loadRules, type Marker } from "./load-rules";
import type { FromMatchThread, MatchContent, MatchRequest, ToMatchThread } from "./match-messages";
import { timeRules } from "./time-rules";

const SHARE = 64; // records that one of several threads looks at before the next one does

/** An evaluation as its thread runs it: one answer to every question. */
export interface ThreadTask {
  readonly about: FromMatchThread;
  answer(message: Exclude<ToMatchThread, { type: "begin" | "forget" }>): FromMatchThread;
}

/** Matches block by block, then correlates what was matched. */
export function openMatching(request: MatchRequest, at: Marker): ThreadTask {
  const { files, set } = loadRules(request, at);
  const stopped = new Set(request.stoppedRules);
  const found: { matches: number[]; material: RuleMatch[]; facts: TreeFact[] } = { matches: [], material: [], facts: [] };
  const matching = startMatching(set, { ignoreLogsource: request.ignoreLogsource, stopped }, {
    match: (rule, event) => void found.matches.push(rule, event),
    material: (match) => void found.material.push(match),
    fact: (fact) => void found.facts.push(fact),
  });
  const about = describeRules(files, set, matching.unrouted);
  at("idle");
  const reader = new BlockReader();
  const taken: { matches: RuleMatch[]; facts: TreeFact[] } = { matches: [], facts: [] };
  let share: MatchContent["share"] = { of: 1, mine: 0 };
  const isMine = (number: number): boolean => share.of === 1 || Math.floor(number / SHARE) % share.of === share.mine;
  return {
    about: { type: "begun", ...about },
    answer: (message) => {
      switch (message.type) {
        case "content":
          reader.open(message.content);
          share = message.content.share;
          return { type: "done" };
        case "block": {
          reader.refused = 0;
          at("reading");
          reader.read(message.bytes, message.ends, (record, host) => {
            if (message.watch) matching.watch(record);
            if (isMine(record.number)) matching.record(record, host);
          });
          at("idle");
          return { type: "block", last: reader.last, refused: reader.refused, bound: reader.bound, looks: matching.takeLooks(), matches: Uint32Array.from(found.matches.splice(0)), material: found.material.splice(0), facts: found.facts.splice(0) };
        }
        case "material":
          for (const match of message.matches) taken.matches.push(match);
          for (const fact of message.facts) taken.facts.push(fact);
          return { type: "done" };
        case "correlate": {
          const tree = about.follows ? new ProcessTree() : null;
          for (const fact of taken.facts) tree?.observe(fact);
          const { left, dragged } = stopCorrelations(set.correlations, stopped, new Set(request.stoppedCorrelations));
          const result = correlate(left, taken.matches, { tree, onCorrelation: (index) => at("correlating", index) });
          at("idle");
          return { type: "correlated", result, dragged, unfollowed: tree?.leftOut ?? 0 };
        }
        default:
          throw new Error(`matching has no answer to ${message.type}`);
      }
    },
  };
}

/** Finds what is too slow: every rule is compiled and asked on its own about one block. */
export function openInspection(request: MatchRequest, at: Marker): ThreadTask {
  const { files, set } = loadRules(request, at);
  const about = describeRules(files, set, []);
  const reader = new BlockReader();
  const stopped = new Set(request.stoppedRules);
  at("idle");
  return {
    about: { type: "begun", ...about },
    answer: (message) => {
      switch (message.type) {
        case "content":
          reader.open(message.content);
          return { type: "done" };
        case "skip":
          at("reading");
          reader.read(message.bytes, false, () => {});
          at("idle");
          return { type: "done" };
        case "inspect": {
          const records: ParsedRecord[] = [];
          at("reading");
          reader.read(message.bytes, message.ends, (record) => void records.push(record));
          const costs = timeRules(set.rules, records, { ignoreLogsource: request.ignoreLogsource, stopped, from: message.from, onRule: (rule) => at("testing", rule) });
          at("idle");
          return { type: "inspected", costs };
        }
        default:
          throw new Error(`an inspection has no answer to ${message.type}`);
      }
    },
  };
}
