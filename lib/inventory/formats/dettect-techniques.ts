import { z } from "zod";
import { SightlineError } from "@/lib/shared/errors";
import { startLossList, type LossList } from "../loss-list";
import { matchShape } from "../read-json";
import { readDate, readText, shown } from "../read-field";
import { readYaml } from "../read-yaml";
import type { Refusal, StatementDraft } from "../types";
import type { InventoryFormat, InventoryParseOptions, ParsedStatement } from "./inventory-format";

const FILE_TYPE = "technique-administration";
const DOMAIN_OF: Readonly<Record<string, string>> = { "": "enterprise", "enterprise-attack": "enterprise", "mobile-attack": "mobile", "ics-attack": "ics" };
const RANGE = { visibility: [0, 4], detection: [-1, 5] } as const;

const text = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => (value === null ? "" : String(value).trim()));
const texts = z.union([z.array(text), text]).transform((value) => (Array.isArray(value) ? value : [value]).filter((item) => item !== ""));
const listOf = z.union([z.array(z.unknown()), z.looseObject({}).transform((one): unknown[] => [one]), z.null().transform((): unknown[] => [])]);
const fileSchema = z.looseObject({ version: text.optional(), name: text.optional(), domain: text.optional(), platform: texts.optional(), techniques: listOf });
const techniqueSchema = z.looseObject({ technique_id: text, technique_name: text.optional(), detection: listOf.optional(), visibility: listOf.optional() });
const scoringSchema = z.looseObject({ applicable_to: texts.optional(), comment: text.optional(), location: texts.optional(), score_logbook: listOf });
const scoreSchema = z.looseObject({ date: text.optional(), score: text, comment: text.optional(), auto_generated: z.unknown().optional() });

/** DeTT&CT technique administration 1.2: scores per technique, kept as what somebody said on a day; never a claim. */
export const dettectTechniques: InventoryFormat = {
  id: "dettect-techniques",
  label: "DeTT&CT technique administration (YAML 1.2)",
  extensions: [".yaml", ".yml"],
  segment: "optional",
  guide: {
    proves: "Nothing: the scores are shown beside the analytics of their technique as what somebody said, with name and date.",
    not: "Any status: no score changes a cell, because it names no log source, event or host.",
    obtain: [],
  },

  sniff: ({ text: content }) => ({
    verdict: /^["']?file_type["']?\s*:\s*["']?technique-administration["']?\s*(#.*)?$/m.test(content) ? "yes" : "no",
    evidence: [`file_type: ${FILE_TYPE}`],
  }),

  parse: (file, options) => {
    const { value, comments } = readYaml(file.name, file.text);
    const read = matchShape(fileSchema, value);
    if (read === null) throw new SightlineError("INVALID", "The file does not have the shape of a DeTT&CT technique administration.", { file: file.name, remedy: "Compare it with a file that DeTT&CT wrote." });
    if (!/^1\.2(?:\.0)?$/.test(read.version ?? "")) throw new SightlineError("UNSUPPORTED", `The file is of version ${shown(read.version ?? "")}; 1.2 is read.`, { file: file.name, field: "version", remedy: "Let DeTT&CT upgrade the file." });
    const domain = DOMAIN_OF[read.domain ?? ""];
    if (domain === undefined) throw new SightlineError("INVALID", `${shown(read.domain ?? "")} is not an ATT&CK domain.`, { file: file.name, field: "domain", remedy: "Use enterprise-attack, mobile-attack or ics-attack." });
    const losses = startLossList();
    const refused: Refusal[] = [];
    const items: ParsedStatement[] = [];
    let row = 0;
    for (const item of read.techniques) {
      const technique = matchShape(techniqueSchema, item);
      row++;
      if (technique === null || !/^T\d{4}(?:\.\d{3})?$/.test(technique.technique_id)) {
        refused.push({ line: null, row, field: "technique_id", message: "The entry names no technique of ATT&CK.", remedy: "Write its number, as in T1059.001." });
        continue;
      }
      for (const aspect of ["visibility", "detection"] as const) {
        for (const scoring of technique[aspect] ?? []) {
          readScoring(scoring, { row, technique: technique.technique_id, aspect }, options, items, losses, (field, message, remedy) => refused.push({ line: null, row, field, message: `${technique.technique_id}: ${message}`, remedy }));
        }
      }
    }
    losses.add("unused", "scores", "Scores are kept as what their author says, shown beside the analytics of the technique, and used by no verdict.");
    if ((read.platform ?? []).length > 0) losses.add("dropped", "platform", `The file speaks of ${(read.platform ?? []).join(", ")}; a score is shown for every analytic of its technique.`);
    for (let each = 0; each < comments; each++) losses.add("dropped", "comments", "Comments in the YAML are not taken over; the file itself is kept.");
    return { rows: row, claims: [], refused, losses: losses.list(), segments: [], statements: { author: (read.name ?? "") || file.name, domain, items: keepFirst(items, losses) } };
  },
};

type Refuse = (field: string, message: string, remedy: string) => void;
interface Subject {
  readonly row: number;
  readonly technique: string;
  readonly aspect: StatementDraft["aspect"];
}

/** The newest entry of a logbook is the score; older ones are its history. */
function readScoring(value: unknown, { row, technique, aspect }: Subject, options: InventoryParseOptions, items: ParsedStatement[], losses: LossList, refuse: Refuse): void {
  const scoring = matchShape(scoringSchema, value);
  const entries = (scoring?.score_logbook ?? []).map((item) => matchShape(scoreSchema, item));
  if (scoring === null || entries.length === 0 || entries.includes(null)) return refuse(aspect, "The entry has no score_logbook with scores.", "Compare it with a file that DeTT&CT wrote.");
  const dated = entries.flatMap((entry) => (entry === null ? [] : [{ entry, date: readDate((entry.date ?? "").replace(/^(none|null)$/i, ""), options.latest) }]));
  const wrong = dated.find(({ date }) => "problem" in date);
  if (wrong && "problem" in wrong.date) return refuse("date", wrong.date.problem, wrong.date.remedy);
  const [newest, ...older] = dated.map(({ entry, date }) => ({ entry, date: "value" in date ? (date.value ?? "") : "" })).sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0));
  if (!newest) return;
  const [low, high] = RANGE[aspect];
  const score = /^-?\d$/.test(newest.entry.score) ? Number(newest.entry.score) : NaN;
  if (!(score >= low && score <= high)) return refuse("score", `${shown(newest.entry.score)} is no ${aspect} score.`, `Write ${low} to ${high}.`);
  if (older.length > 0) losses.add("dropped", "older scores", "Older entries of a score_logbook are not taken over; the newest is.");
  if (aspect === "detection" && score === -1) {
    losses.add("dropped", "detection -1", "A detection score of -1 says that there is none: not kept as a score.");
    return;
  }
  const note = readText([newest.entry.comment ?? "", scoring.comment ?? "", (scoring.location ?? []).length > 0 ? `In ${(scoring.location ?? []).join(", ")}.` : "", newest.entry.auto_generated === true ? "Generated by DeTT&CT." : ""].filter((part) => part !== "").join(" "), 2_000);
  if ("problem" in note) return refuse("comment", note.problem, note.remedy);
  const applicable = (scoring.applicable_to ?? []).length === 0 ? ["all"] : (scoring.applicable_to ?? []);
  for (const name of applicable) {
    const all = name.toLowerCase() === "all";
    items.push({ segment: all ? (options.segment ?? null) : name, row, statement: { technique, aspect, score, scoredOn: newest.date === "" ? null : newest.date, appliesTo: name, note: note.value } });
  }
}

function keepFirst(items: readonly ParsedStatement[], losses: LossList): ParsedStatement[] {
  const seen = new Set<string>();
  return items.filter(({ statement }) => {
    const key = `${statement.technique} ${statement.aspect} ${statement.appliesTo.toLowerCase()}`;
    if (!seen.has(key)) {
      seen.add(key);
      return true;
    }
    losses.add("dropped", statement.technique, `${statement.technique} is scored twice for ${shown(statement.appliesTo)}; the first score is kept.`);
    return false;
  });
}
