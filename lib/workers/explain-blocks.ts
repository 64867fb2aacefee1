import { startExplanation } from "@/lib/detection/explain/start-explanation";
import { BlockReader } from "./block-reader";
import { describeRules, loadRules, type Marker } from "./load-rules";
import type { ThreadTask } from "./match-blocks";
import type { MatchRequest } from "./match-messages";

/** Explains every rule and correlation over all blocks; records are numbered over all contents. */
export function openExplaining(request: MatchRequest, at: Marker): ThreadTask {
  const { files, set } = loadRules(request, at);
  const explanation = startExplanation(set, { ignoreLogsource: request.ignoreLogsource, onRule: (rule) => at("testing", rule), onCorrelation: (index) => at("correlating", index) });
  const about = describeRules(files, set, []);
  const reader = new BlockReader();
  let [before, ended] = [0, true];
  at("idle");
  return {
    about: { type: "begun", ...about },
    answer: (message) => {
      switch (message.type) {
        case "content":
          reader.open(message.content);
          return { type: "done" };
        case "block":
          if (ended) reader.refused = 0;
          at("reading");
          reader.read(message.bytes, message.ends, (record, host) => {
            explanation.record(before === 0 ? record : { ...record, number: record.number + before }, host);
            at("reading");
          });
          at("idle");
          ended = message.ends;
          if (ended) before += reader.last;
          return { type: "block", last: reader.last, refused: reader.refused, bound: reader.bound, matches: new Uint32Array(0), material: [], facts: [], looks: [] };
        case "explain": {
          const found = explanation.finish();
          at("idle");
          return { type: "explained", explanation: found };
        }
        default:
          throw new Error(`an explanation has no answer to ${message.type}`);
      }
    },
  };
}
