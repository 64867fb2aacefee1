import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Card, CardHeader } from "@/components/ui/card";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { ReferenceEndpoint, ReferenceView } from "@/lib/api/reference-view";
import { TryRequest } from "./try-request";

/** Everything that programs may ask, from the document that the server answers by. */
export function ApiReference({ view, origin }: { view: ReferenceView; origin: string }) {
  return (
    <PageBody>
      <PageHeader
        title="HTTP API"
        say={`${view.endpoints} operations for pipelines and reports. A program brings the start token as a bearer; this browser is let in already, so a reading can be tried here.`}
        actions={
          <Button asChild>
            <a href="/api/v1/openapi.json">OpenAPI 3.1 document</a>
          </Button>
        }
      />
      <nav aria-label="Groups of operations" className="flex flex-wrap gap-2">
        {view.groups.map(({ tag, endpoints }) => (
          <a key={tag} href={`#${anchor(tag)}`} className="inline-flex h-6 items-center gap-1.5 rounded-full border border-line-2 bg-surface px-2 text-xs text-ink-2 hover:bg-hover">
            {tag} <span className="text-ink-3">{endpoints.length}</span>
          </a>
        ))}
      </nav>
      {view.groups.map(({ tag, endpoints }) => (
        <Card key={tag} aria-labelledby={anchor(tag)}>
          <CardHeader id={anchor(tag)} title={tag} note={`${endpoints.length} operations`} />
          <div className="mt-2">
            {endpoints.map((endpoint) => (
              <Operation key={endpoint.id} endpoint={endpoint} origin={origin} />
            ))}
          </div>
        </Card>
      ))}
    </PageBody>
  );
}

function Operation({ endpoint, origin }: { endpoint: ReferenceEndpoint; origin: string }) {
  const { id, method, path, summary, says, parameters, body, status, mediaType, response } = endpoint;
  const curl = curlOf(endpoint, origin);
  return (
    <details id={id} className="group border-t">
      <summary className="flex min-h-8 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 hover:bg-hover md:px-4">
        <span className="w-14 shrink-0 font-mono text-xs font-semibold">{method}</span>
        <span className="font-mono text-xs [overflow-wrap:anywhere]">{path}</span>
        <span className="text-ink-2">{summary}</span>
      </summary>
      <div className="flex flex-col gap-3 px-3 pt-1 pb-4 md:px-4">
        {says === "" ? null : <p className="max-w-[860px] text-ink-2">{says}</p>}
        {parameters.length === 0 ? null : (
          <Table label={`Parameters of ${id}`}>
            <thead>
              <tr>
                <Th>Parameter</Th>
                <Th>In</Th>
                <Th>Type</Th>
                <Th>Meaning</Th>
              </tr>
            </thead>
            <tbody>
              {parameters.map((parameter) => (
                <tr key={parameter.name}>
                  <Td className="font-mono whitespace-nowrap">
                    {parameter.name}
                    {parameter.required ? <Pill className="ml-1.5 font-sans">required</Pill> : null}
                  </Td>
                  <Td className="text-ink-2">{parameter.in}</Td>
                  <Td className="text-ink-2">{parameter.type}</Td>
                  <Td className="text-ink-2">{parameter.says}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
        <div className="flex flex-col gap-1.5">
          <div className="flex items-center gap-2">
            <h3>Request</h3>
            <CopyButton text={curl} label="Copy curl" variant="ghost" />
          </div>
          <CodeBlock label={`Request of ${id} with curl`} text={curl} />
        </div>
        {method === "GET" && mediaType === "application/json" ? <TryRequest id={id} path={path} parameters={parameters} /> : null}
        <div className="grid gap-3 xl:grid-cols-2">
          {body === null ? null : <Shape title="Body" note="application/json" text={body} />}
          {response === null ? <p className="text-ink-2">Answers {status} with a file ({mediaType}).</p> : <Shape title={`Answer ${status}`} note={mediaType} text={response} />}
        </div>
      </div>
    </details>
  );
}

function Shape({ title, note, text }: { title: string; note: string; text: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h3>
        {title} <span className="text-xs font-normal text-ink-3">{note}, JSON Schema</span>
      </h3>
      <CodeBlock label={`${title}, JSON Schema`} text={text} className="max-h-72" />
    </div>
  );
}

function anchor(tag: string): string {
  return `group-${tag.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
}

function curlOf({ method, path, parameters, body }: ReferenceEndpoint, origin: string): string {
  const query = parameters.filter((one) => one.in === "query" && one.required).map(({ name }) => `${name}=...`);
  const address = `${origin}${path.replace("{assessment}", "latest")}${query.length > 0 ? `?${query.join("&")}` : ""}`;
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}-H "Authorization: Bearer $TOKEN"`,
    ...(body === null ? [] : [`-H "Content-Type: application/json" -d @body.json`]),
    `'${address}'`,
  ].join(" \\\n  ");
}
