import type { LinkLine, PackedLinks } from "@/lib/reports/links-view";
import { openLines } from "@/lib/shared/packed-lines";

const STATES = ["proposed", "accepted", "rejected"] as const satisfies readonly LinkLine["state"][];

/** The lines of a packed list of links. */
export function unpackLinks(packed: PackedLinks): LinkLine[] {
  const column = openLines(packed);
  const [ruleId, analytic, technique, platform, rule] = [column("ruleId", String), column("analytic", String), column("technique", String), column("platform", String), column("rule", String)];
  const [author, level, source, because] = [column("author", String), column("level", String), column("source", String), column("because", String)];
  const state = column("state", (text) => STATES.find((one) => one === text) ?? "proposed");
  return Array.from({ length: packed.size }, (_, at) => ({
    id: `${analytic(at)} ${ruleId(at)}`, ruleId: ruleId(at), analytic: analytic(at), technique: technique(at), platform: platform(at), rule: rule(at), author: author(at), level: level(at), source: source(at),
    state: state(at), because: because(at), translated: because(at).includes(":"),
  }));
}
