import type { CheckLine, PackedChecks } from "@/lib/reports/rule-check-view";
import { openLines } from "@/lib/shared/packed-lines";

/** The lines of a packed run. */
export function unpackChecks(packed: PackedChecks): CheckLine[] {
  const column = openLines(packed);
  const [id, title, level, product, category] = [column("id", String), column("title", String), column("level", String), column("product", String), column("category", String)];
  const [source, author, states, field] = [column("source", String), column("author", String), column("states", String), column("field", String)];
  const serves = column("serves", (text): readonly string[] => (text === "" ? [] : text.split(" ")));
  const before = column("before", (text) => (text === "" ? null : text));
  return Array.from({ length: packed.size }, (_, at) => ({
    id: id(at), title: title(at), level: level(at), product: product(at), category: category(at), source: source(at), author: author(at),
    serves: serves(at), states: states(at), before: before(at), field: field(at),
  }));
}
