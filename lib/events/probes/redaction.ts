import { z } from "zod";
import { counted, formatCount } from "@/lib/shared/format-number";
import { defineProbe, ExampleList, graded, levelAbove, notComputable, shareOf } from "./probe";

const WARN = 50_000;
const FAIL = 500_000;
const MOST_FIELDS = 200;
/** What stands in the middle of a message in place of a name; a field that is nothing but a mark is told by the record itself. */
const MARKS: readonly string[] = ["<private>", "<mask.hash", "<redacted>", "[REDACTED]", "****"];

const count = z.number().int();
const summary = z.object({ n: count, redacted: count, fields: z.array(z.tuple([z.string(), count])) });
type Summary = z.infer<typeof summary>;

/** Probe 17: whether somebody took names out before the records arrived. */
export const redaction = defineProbe<Summary>({
  id: "redaction",
  label: "Redaction",
  formula: "The share of records with a field or a part of the message that says it was taken out (<private>, a mask's hash, asterisks). Per field, how many.",
  needs: "nothing",
  thresholds: [
    { level: "warn", text: "more than 5 % of the records", why: "as for required fields: 95 % must speak" },
    { level: "fail", text: "more than 50 %", why: "the source shows that something happened, and seldom what" },
  ],
  scope: "source",
  summary,
  open: () => {
    let [n, redacted] = [0, 0];
    const fields = new Map<string, number>();
    const examples = new ExampleList();
    const note = (field: string) => {
      if (fields.size < MOST_FIELDS || fields.has(field)) fields.set(field, (fields.get(field) ?? 0) + 1);
    };
    return {
      record: (view) => {
        n += 1;
        const message = view.fields["app_msg"];
        const inMessage = typeof message === "string" && MARKS.some((mark) => message.includes(mark));
        if (inMessage) note("app_msg");
        for (const field of view.redacted ?? []) note(field);
        if (inMessage || view.redacted !== undefined) {
          redacted += 1;
          examples.add(view);
        }
      },
      finish: () => ({ summary: { n, redacted, fields: sorted(fields) }, examples: examples.places }),
    };
  },
  merge: (a, b) => {
    const fields = new Map(a.fields);
    for (const [field, records] of b.fields) fields.set(field, (fields.get(field) ?? 0) + records);
    return { n: a.n + b.n, redacted: a.redacted + b.redacted, fields: sorted(fields) };
  },
  grade: ({ n, redacted, fields }) => {
    if (n === 0) return notComputable("there is no record");
    const share = shareOf(redacted, n);
    const where = [...fields].sort(([, a], [, b]) => b - a).slice(0, 3).map(([field, records]) => `${field} in ${formatCount(records)}`);
    return graded({
      level: levelAbove(share, WARN, FAIL),
      value: share,
      unit: "millionths",
      n,
      says: redacted === 0 ? `Nothing was taken out of ${counted(n, "record")}.` : `${formatCount(redacted)} of ${counted(n, "record")} had something taken out: ${where.join(", ")}.`,
      figures: fields.map(([field, records]) => ({ label: field, value: shareOf(records, n), unit: "millionths" as const, n })),
    });
  },
});

function sorted(fields: ReadonlyMap<string, number>): Summary["fields"] {
  return [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
}
