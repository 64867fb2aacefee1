import { API_ROOT } from "./describe-api";
import { ENDPOINTS } from "./endpoints";
import type { BodyMediaType, Method } from "./endpoint";
import { openApi } from "./open-api";

export interface ReferenceParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly says: string;
  readonly type: string; // in words: "integer, 1 to 500, default 50"
}

/** An endpoint as the page shows it; shapes are indented JSON Schema. */
export interface ReferenceEndpoint {
  readonly id: string;
  readonly method: Method;
  readonly path: string; // with /api/v1
  readonly summary: string;
  readonly says: string;
  readonly parameters: readonly ReferenceParameter[];
  readonly body: string | null;
  readonly takes: BodyMediaType; // of the body
  readonly status: number;
  readonly mediaType: string;
  readonly response: string | null; // null: a file
}

export interface ReferenceView {
  readonly groups: readonly { readonly tag: string; readonly endpoints: readonly ReferenceEndpoint[] }[];
  readonly endpoints: number;
}

/** The document of the API as its page shows it: read from the document itself, so that both say the same. */
export function referenceView(): ReferenceView {
  const { paths } = openApi();
  const shown = ENDPOINTS.map(({ id, method, path, tag, summary, says, takes, status, mediaType, kind }) => {
    const operation = at(at(paths, path), method.toLowerCase());
    const parameters = at(operation, "parameters");
    const body = at(at(at(at(operation, "requestBody"), "content"), takes), "schema");
    const response = at(at(at(at(at(operation, "responses"), String(status)), "content"), mediaType), "schema");
    return {
      tag,
      endpoint: {
        id,
        method,
        path: `${API_ROOT}${path}`,
        summary,
        says,
        parameters: Array.isArray(parameters) ? parameters.map(parameterOf) : [],
        body: body === undefined ? null : JSON.stringify(body, null, 2),
        takes,
        status,
        mediaType,
        response: kind === "file" ? null : JSON.stringify(response, null, 2),
      },
    };
  });
  const tags = [...new Set(shown.map(({ tag }) => tag))];
  return { groups: tags.map((tag) => ({ tag, endpoints: shown.filter((one) => one.tag === tag).map(({ endpoint }) => endpoint) })), endpoints: shown.length };
}

function parameterOf(parameter: unknown): ReferenceParameter {
  const schema = at(parameter, "schema");
  return { name: String(at(parameter, "name")), in: at(parameter, "in") === "path" ? "path" : "query", required: at(parameter, "required") === true, says: String(at(parameter, "description") ?? ""), type: describeType(schema) };
}

function describeType(schema: unknown): string {
  const items = at(schema, "items");
  if (items !== undefined) return `list of ${describeType(items)}, separated by commas`;
  const choices = at(schema, "enum");
  if (Array.isArray(choices)) return choices.join(" | ");
  const { minimum, maximum, default: preset } = { minimum: at(schema, "minimum"), maximum: at(schema, "maximum"), default: at(schema, "default") };
  const range = typeof minimum === "number" && typeof maximum === "number" && maximum < Number.MAX_SAFE_INTEGER ? [`${minimum} to ${maximum}`] : [];
  return [String(at(schema, "type") ?? "text").replace("string", "text"), ...range, ...(preset === undefined ? [] : [`default ${JSON.stringify(preset)}`])].join(", ");
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined;
}
