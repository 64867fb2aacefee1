import { Check, Minus, TriangleAlert } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { Table, Td, Th } from "@/components/ui/table";
import type { BenchDocument } from "@/lib/reports/bench-result";
import { RecordLinks } from "./record-links";

type Rule = NonNullable<BenchDocument["rule"]>;
type Item = Rule["items"][number];

/** Every line of a rule at one record: what it wants, what it found, whether it holds, and which lines decide. */
export function ItemTable({ rule, known }: { rule: Rule; known: ReadonlySet<number> }) {
  return (
    <>
      {rule.matched > 0 ? (
        <p className="px-3 pt-1 md:px-4">
          Records that match: <RecordLinks records={rule.events} known={known} all={rule.matched} />
        </p>
      ) : null}
      {rule.event === null ? null : (
        <p className="px-3 pt-1 pb-1 text-xs text-ink-2 md:px-4">
          At record <RecordLinks records={[rule.event]} known={known} />, {rule.kind}:
        </p>
      )}
      <Table label="Line by line" className="text-xs">
        <thead>
          <tr>
            <Th>Result</Th>
            <Th>Line of the rule</Th>
            <Th>Wanted</Th>
            <Th>Found</Th>
          </tr>
        </thead>
        <tbody>
          {rule.items.map((item) => (
            <tr key={item.path} className={classNames(item.decides && "bg-attn-soft shadow-[inset_2px_0_var(--attn)]")}>
              <Td className="whitespace-nowrap">
                <Result item={item} />
              </Td>
              <Td className="min-w-40 font-mono [overflow-wrap:anywhere]">{item.path}</Td>
              <Td className="max-w-96 min-w-40 font-mono [overflow-wrap:anywhere]">{item.wanted}</Td>
              <Td className="max-w-96 min-w-40 font-mono [overflow-wrap:anywhere]">{foundWords(item)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

function Result({ item: { result, decides } }: { item: Item }) {
  const Icon = decides ? TriangleAlert : result ? Check : Minus;
  return (
    <span className={classNames("inline-flex items-center gap-1.5", decides ? "font-medium text-attn" : "text-ink-2")}>
      <Icon size={14} aria-hidden />
      {result ? "holds" : "fails"}
      {decides ? ", decides" : ""}
    </span>
  );
}

function foundWords({ found, state, lookup, field }: Item): string {
  if (state === "absent") return "the record has no such field";
  if (state === "anywhere" && found === null) return "in no text of the record";
  const text = Array.isArray(found) ? found.map(String).join(", ") : String(found);
  return `${text === "" ? "an empty text" : text}${state === "empty" && text !== "" ? " (says nothing)" : ""}${lookup === "canonical" && field !== null ? " (under another name)" : ""}`;
}
