import { z } from "zod";
import { counted, formatCount } from "@/lib/shared/format-number";
import { defineProbe, ExampleList, graded, notComputable, shareOf } from "./probe";

/** Lengths at which sensors, collectors and databases are known to cut, with and without a closing zero. */
const CAPS: readonly number[] = [128, 255, 256, 1023, 1024, 2047, 2048, 4095, 4096, 8191, 8192, 32_767];
const AT_LEAST = 3; // one command may be as long as that by chance

const count = z.number().int();
const summary = z.object({ n: count, marked: count, dotted: count, longest: count, atLongest: count });
type Summary = z.infer<typeof summary>;

/** Probe 7: whether command lines were cut. */
export const truncatedCommand = defineProbe<Summary>({
  id: "truncated-command",
  label: "Truncated text",
  formula: `Records that the source marks as cut (path_truncated, fewer arguments than argc), that end in an ellipsis, or whose command line is the longest of the sample at a length where things are cut (${CAPS.join(", ")}) and shares it with at least two others.`,
  needs: "cmd, or the source's own mark",
  thresholds: [{ level: "warn", text: "at least one record", why: "what was cut off cannot match; how much it matters depends on the rule" }],
  scope: "source",
  summary,
  open: () => {
    const found: Summary = { n: 0, marked: 0, dotted: 0, longest: 0, atLongest: 0 };
    const [certain, longest] = [new ExampleList(), { list: new ExampleList() }];
    return {
      record: (view) => {
        const command = view.fields["cmd"];
        const text = typeof command === "string" ? command : "";
        if (text === "" && view.facts.truncated === undefined) return;
        found.n += 1;
        if (view.facts.truncated) found.marked += 1;
        else if (text.endsWith("\u2026") || text.endsWith("...")) found.dotted += 1;
        if (view.facts.truncated || text.endsWith("\u2026") || text.endsWith("...")) certain.add(view);
        else if (text.length >= found.longest) {
          if (text.length > found.longest) {
            found.longest = text.length;
            found.atLongest = 0;
            longest.list = new ExampleList();
          }
          found.atLongest += 1;
          longest.list.add(view);
        }
      },
      finish: () => {
        if (isCut(found)) for (const place of longest.list.places) certain.add(place);
        return { summary: { ...found }, examples: certain.places };
      },
    };
  },
  merge: (a, b) => ({
    n: a.n + b.n,
    marked: a.marked + b.marked,
    dotted: a.dotted + b.dotted,
    longest: Math.max(a.longest, b.longest),
    atLongest: (a.longest >= b.longest ? a.atLongest : 0) + (b.longest >= a.longest ? b.atLongest : 0),
  }),
  grade: (found) => {
    if (found.n === 0) return notComputable("no record of this source holds a command line");
    const cut = found.marked + found.dotted + (isCut(found) ? found.atLongest : 0);
    const parts = [
      found.marked > 0 ? `${formatCount(found.marked)} marked by the source` : "",
      found.dotted > 0 ? `${formatCount(found.dotted)} ending in an ellipsis` : "",
      isCut(found) ? `${formatCount(found.atLongest)} at exactly ${formatCount(found.longest)} characters` : "",
    ].filter((part) => part !== "");
    return graded({
      level: cut > 0 ? "warn" : "pass",
      value: shareOf(cut, found.n),
      unit: "millionths",
      n: found.n,
      says: cut === 0 ? `No text seems cut; the longest command line has ${counted(found.longest, "character")}.` : `${counted(cut, "record")} of ${formatCount(found.n)} ${cut === 1 ? "seems" : "seem"} cut: ${parts.join(", ")}.`,
      figures: [{ label: "Longest command line, characters", value: found.longest, unit: "count" }],
    });
  },
});

function isCut({ longest, atLongest }: Summary): boolean {
  return atLongest >= AT_LEAST && CAPS.includes(longest);
}
