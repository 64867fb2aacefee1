import type { PackedRules, RuleFires, RuleLine, RuleState } from "@/lib/reports/rules-view";
import { openLines } from "@/lib/shared/packed-lines";
import { FIRES_WORDS, STATE_WORDS } from "./rule-words";

const KINDS = ["rule", "correlation", "filter", "unread"] as const satisfies readonly RuleLine["kind"][];

/** The lines of a packed list of rules. */
export function unpackRules(packed: PackedRules): RuleLine[] {
  const column = openLines(packed);
  const [id, title, source, author, level] = [column("id", String), column("title", String), column("source", String), column("author", String), column("level", String)];
  const [status, product, category] = [column("status", String), column("product", String), column("category", String)];
  const kind = column("kind", (text) => KINDS.find((one) => one === text) ?? "unread");
  const state = column("state", (text): RuleState => (isState(text) ? text : "refused"));
  const fires = column("fires", (text): RuleFires => (isFires(text) ? text : "unchecked"));
  const [techniques, serves, proposed] = [column("techniques", words), column("serves", words), column("proposed", Number)];
  return Array.from({ length: packed.size }, (_, at) => ({
    id: id(at), title: title(at), kind: kind(at), source: source(at), author: author(at), level: level(at), status: status(at), product: product(at), category: category(at),
    techniques: techniques(at), state: state(at), fires: fires(at), serves: serves(at), proposed: proposed(at),
  }));
}

function words(text: string): readonly string[] {
  return text === "" ? [] : text.split(" ");
}

function isState(text: string): text is RuleState {
  return Object.hasOwn(STATE_WORDS, text);
}

function isFires(text: string): text is RuleFires {
  return Object.hasOwn(FIRES_WORDS, text);
}
