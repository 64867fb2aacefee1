import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  readonly location: string | undefined;
  readonly cookies: readonly string[];
  readonly policy: string;
}

/** One request with headers as they are given. Not fetch: a browser's and Node's fetch both forbid to set Host and Origin. */
export function ask(origin: string, path: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Answer> {
  const address = new URL(path, origin);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: address.hostname, port: address.port, path: address.pathname + address.search, method: options.method ?? "GET", headers: options.headers }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (body += part));
      response.on("error", reject);
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          body,
          headers: response.headers,
          location: response.headers.location,
          cookies: response.headers["set-cookie"] ?? [],
          policy: String(response.headers["content-security-policy"] ?? ""),
        });
      });
    });
    sent.on("error", reject);
    sent.end(options.body);
  });
}
