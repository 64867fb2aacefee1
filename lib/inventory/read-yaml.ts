import { parseDocument } from "yaml";
import { SightlineError } from "@/lib/shared/errors";

const MAX_YAML_BYTES = 5 * 1024 * 1024;
const MAX_ALIASES = 50;
const MAX_DEPTH = 40;

/**
 * The value of a YAML file from a stranger: core schema (dates stay text), no merge keys, no tags of other kinds, one
 * document, no key twice, few aliases, little nesting.
 *
 * @throws SightlineError INVALID with the line, or TOO_LARGE
 */
export function readYaml(file: string, text: string): { readonly value: unknown; readonly comments: number } {
  if (text.length > MAX_YAML_BYTES) throw new SightlineError("TOO_LARGE", `The file has ${text.length} characters; YAML may have ${MAX_YAML_BYTES}.`, { file, remedy: "Split it." });
  refuseDeepNesting(file, text);
  const refuse = (message: string, line: number | undefined, cause: unknown): SightlineError =>
    new SightlineError("INVALID", message, line === undefined ? { file } : { file, line }, { cause });
  try {
    const document = parseDocument(text.replace(/^\ufeff/, ""), { schema: "core", merge: false, uniqueKeys: true, stringKeys: true, prettyErrors: true, logLevel: "error" });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem) throw refuse(`The file is not valid YAML: ${firstLine(problem.message)}`, problem.linePos?.[0].line, problem);
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    return { value, comments: text.match(/^\s*#|\s#\s/gm)?.length ?? 0 };
  } catch (error) {
    if (error instanceof SightlineError) throw error;
    // ReferenceError: the library's own guard against aliases that multiply. RangeError: the stack.
    if (error instanceof ReferenceError) throw refuse("The file repeats itself through aliases (&name, *name) too often.", undefined, error);
    throw refuse("The file cannot be read as YAML: it nests too deeply.", undefined, error);
  }
}

/** Refused before the parser sees it, because it recurses: brackets open at once, or a line indented further than any person writes. */
function refuseDeepNesting(file: string, text: string): void {
  let open = 0;
  let line = 1;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "\n") line++;
    else if (char === "[" || char === "{") open++;
    else if ((char === "]" || char === "}") && open > 0) open--;
    if (open > MAX_DEPTH) throw tooDeep(file, line);
  }
  const dashes = /^(?:[ \t]*[-?:][ \t]+){41,}/m.exec(text);
  if (dashes) throw tooDeep(file, text.slice(0, dashes.index).split("\n").length);
}

function tooDeep(file: string, line: number): SightlineError {
  return new SightlineError("INVALID", `The file nests more than ${MAX_DEPTH} levels deep.`, { file, line });
}

function firstLine(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
}
