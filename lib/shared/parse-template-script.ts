import { compileTemplate, type Template } from "./expand-template";

/** name = template: evaluated in order, each may use those before it. */
export interface Assignment {
  readonly name: string;
  readonly value: Template;
}

/** The skeleton of one record: defaults, then its text (one or more lines). */
export interface RecordShape {
  readonly defaults: readonly Assignment[];
  readonly text: Template;
}

/** One record of a scene: so many seconds after its start, this shape, with these values. */
export interface SceneStep {
  readonly offsetMs: number;
  readonly record: string;
  readonly values: readonly Assignment[];
}

export interface Scene {
  readonly values: readonly Assignment[];
  readonly steps: readonly SceneStep[];
}

/** A file of templates: what every unit (a machine, an account) has, record shapes, and scenes made of them. */
export interface TemplateScript {
  readonly unit: readonly Assignment[];
  readonly records: ReadonlyMap<string, RecordShape>;
  readonly scenes: ReadonlyMap<string, Scene>;
}

/**
 * Reads the text form of a script. Sections: [unit], [record NAME], [scene NAME]. In a unit and at the head of a scene,
 * `name = template`; in a record `name ?= default` lines, then its text; in a scene `@SECONDS RECORD` and below it indented
 * `name = template`. Lines that begin with "# " are comments, blank lines separate.
 *
 * @throws Error naming the line.
 */
export function parseTemplateScript(text: string): TemplateScript {
  const unit: Assignment[] = [];
  const records = new Map<string, RecordShape>();
  const scenes = new Map<string, Scene>();
  for (const section of splitSections(text)) {
    if (section.kind === "unit") unit.push(...section.lines.map(assignment));
    else if (section.kind === "record") records.set(section.name, readRecord(section.lines));
    else if (section.kind === "scene") scenes.set(section.name, readScene(section.lines));
    else throw new Error(`template script, line ${section.line}: unknown section "${section.kind}"`);
  }
  for (const [name, scene] of scenes) {
    for (const step of scene.steps) if (!records.has(step.record)) throw new Error(`template script: scene "${name}" uses the unknown record "${step.record}"`);
  }
  return { unit, records, scenes };
}

interface Line {
  readonly number: number;
  readonly text: string;
}
interface Section {
  readonly kind: string;
  readonly name: string;
  readonly line: number;
  readonly lines: Line[];
}

function splitSections(text: string): Section[] {
  const sections: Section[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const head = /^\[(\w+)(?: ([\w.-]+))?\]$/.exec(line);
    if (head) sections.push({ kind: head[1] ?? "", name: head[2] ?? "", line: index + 1, lines: [] });
    else if (line.trim() !== "" && !line.startsWith("# ")) {
      const section = sections.at(-1);
      if (!section) throw new Error(`template script, line ${index + 1}: text before the first section`);
      section.lines.push({ number: index + 1, text: line });
    }
  }
  return sections;
}

function assignment(line: Line): Assignment {
  const match = /^\s*([\w-]+) \??= ?(.*)$/.exec(line.text);
  if (!match) throw new Error(`template script, line ${line.number}: expected "name = value"`);
  return { name: match[1] ?? "", value: compileTemplate(match[2] ?? "") };
}

function readRecord(lines: readonly Line[]): RecordShape {
  const isDefault = (line: Line) => /^[\w-]+ \?= ?/.test(line.text);
  const body = lines.filter((line) => !isDefault(line)).map((line) => line.text);
  return { defaults: lines.filter(isDefault).map(assignment), text: compileTemplate(body.join("\n")) };
}

function readScene(lines: readonly Line[]): Scene {
  const values: Assignment[] = [];
  const steps: { offsetMs: number; record: string; values: Assignment[] }[] = [];
  for (const line of lines) {
    const head = /^@(\d+(?:\.\d+)?) ([\w.-]+)$/.exec(line.text);
    if (head) steps.push({ offsetMs: Math.round(Number(head[1]) * 1000), record: head[2] ?? "", values: [] });
    else (steps.at(-1)?.values ?? values).push(assignment(line));
  }
  return { values, steps };
}
