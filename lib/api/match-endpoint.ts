import type { Endpoint, Method } from "./endpoint";

export type Match =
  | { readonly found: true; readonly endpoint: Endpoint; readonly path: Readonly<Record<string, string>> }
  | { readonly found: false; readonly allowed: readonly Method[] }; // empty: no such address

/**
 * The endpoint of a method and an address. A part that is written out wins over one in braces, so that /catalog/diff is never
 * taken for an object called "diff".
 *
 * @param parts of the address behind /api/v1, decoded
 */
export function matchEndpoint(endpoints: readonly Endpoint[], method: string, parts: readonly string[]): Match {
  const fitting = endpoints
    .flatMap((endpoint) => {
      const path = fit(endpoint.path.split("/").slice(1), parts);
      return path === null ? [] : [{ endpoint, path }];
    })
    .sort((a, b) => Object.keys(a.path).length - Object.keys(b.path).length);
  const asked = method === "HEAD" ? "GET" : method;
  const hit = fitting.find(({ endpoint }) => endpoint.method === asked);
  if (hit === undefined) return { found: false, allowed: [...new Set(fitting.map(({ endpoint }) => endpoint.method))] };
  return { found: true, ...hit };
}

function fit(wanted: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (wanted.length !== parts.length) return null;
  const path: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const want = wanted[index] ?? "";
    const name = /^\{(.+)\}$/.exec(want)?.[1];
    if (name !== undefined) path[name] = part;
    else if (want !== part) return null;
  }
  return path;
}
