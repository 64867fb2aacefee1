import { z } from "zod";
import type { Endpoint } from "./endpoint";
import { PROBLEM_MEDIA_TYPE, problemSchema } from "./problem";
import { namedSchemas } from "./schemas";

type JsonValue = z.core.util.JSONType;
type JsonObject = { [key: string]: JsonValue };

export const API_ROOT = "/api/v1";

/**
 * The OpenAPI 3.1 document of a list of endpoints, made of their Zod schemas (JSON Schema draft 2020-12, the dialect of 3.1).
 * Shapes with a name stand once under components.
 *
 * @param version of the product
 */
export function describeApi(endpoints: readonly Endpoint[], version: string): JsonObject {
  const shapes: JsonObject = {};
  const schemaOf = (schema: z.ZodType, io: "input" | "output"): JsonValue => hoist(schema, z.toJSONSchema(schema, { metadata: namedSchemas, io, unrepresentable: "any" }), shapes);
  const problem: JsonObject = { description: "Refused: what is wrong, where, and what to do.", content: { [PROBLEM_MEDIA_TYPE]: { schema: schemaOf(problemSchema, "output") } } };
  const paths: { [path: string]: JsonObject } = {};
  for (const endpoint of endpoints) {
    const { id, method, path, tag, summary, says, parameters, query, body, takes, response, kind, mediaType, status } = endpoint;
    (paths[path] ??= {})[method.toLowerCase()] = {
      operationId: id,
      tags: [tag],
      summary,
      ...(says === "" ? {} : { description: says }),
      parameters: [...parametersOf(parameters, "path", schemaOf), ...parametersOf(query, "query", schemaOf)],
      ...(body instanceof z.ZodUndefined ? {} : { requestBody: { required: true, content: { [takes]: { schema: schemaOf(body, "input") } } } }),
      responses: {
        [String(status)]: { description: kind === "lines" ? "One document per line." : kind === "file" ? "The file." : "Done.", content: { [mediaType]: kind === "file" ? {} : { schema: schemaOf(response, "output") } } },
        default: problem,
      },
    };
  }
  return {
    openapi: "3.1.1",
    info: {
      title: "Sightline",
      version,
      description:
        "Could this analytic have seen it here, and how do you know? Cells, numbers, gaps and plans of a Sightline server. Until accounts exist it answers on loopback only, to the token that the server prints at its start. Contains ATT&CK content: © The MITRE Corporation, reproduced and distributed with the permission of The MITRE Corporation.",
      license: { name: "see the product" },
    },
    servers: [{ url: API_ROOT }],
    security: [{ startToken: [] }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: { schemas: shapes, securitySchemes: { startToken: { type: "http", scheme: "bearer", description: "The start token that the server printed with its address." } } },
  };
}

function parametersOf(schema: z.ZodObject, where: "path" | "query", schemaOf: (schema: z.ZodType, io: "input" | "output") => JsonValue): JsonObject[] {
  const described = schemaOf(schema, "input");
  const properties = isRecord(described) && isRecord(described.properties) ? described.properties : {};
  const required = isRecord(described) && Array.isArray(described.required) ? described.required : [];
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = isRecord(property) ? property : {};
    const list = rest.type === "array";
    return {
      name,
      in: where,
      required: where === "path" || required.includes(name),
      ...(typeof description === "string" ? { description } : {}),
      ...(list ? { style: "form", explode: false } : {}), // values separated by commas
      schema: z.json().parse(rest),
    };
  });
}

/** Moves what a schema defines for itself under components, and its references with it; a named shape becomes a reference. */
function hoist(schema: z.ZodType, described: unknown, shapes: JsonObject): JsonValue {
  const { $schema: _dialect, $defs: defined, ...own } = isRecord(described) ? described : {};
  if (isRecord(defined)) for (const [name, shape] of Object.entries(defined)) shapes[name] = point(shape);
  const name = namedSchemas.get(schema)?.id;
  if (name === undefined || "$ref" in own) return point(own); // with a reference, its shape stood among the defined ones
  shapes[name] = point(own);
  return { $ref: `#/components/schemas/${name}` };
}

/** The same with its references pointing under components. An own name of JSON Schema ("id") is none of OpenAPI's. */
function point(shape: unknown): JsonValue {
  if (Array.isArray(shape)) return shape.map(point);
  if (!isRecord(shape)) return z.json().parse(shape);
  return Object.fromEntries(
    Object.entries(shape).flatMap(([key, value]): [string, JsonValue][] => {
      if (key === "$ref" && typeof value === "string") return [[key, value.replace("#/$defs/", "#/components/schemas/")]];
      return key === "id" && typeof value === "string" ? [] : [[key, point(value)]];
    }),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
