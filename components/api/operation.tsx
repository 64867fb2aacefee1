"use client";
import { useEffect, useRef, useState } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { Pill } from "@/components/ui/chip";
import { Table, Td, Th } from "@/components/ui/table";
import type { ReferenceEndpoint } from "@/lib/api/reference-view";
import { TryRequest } from "./try-request";

/** One operation, folded; what it takes and answers is drawn once it is opened: sixty shapes at once are megabytes of page. */
export function Operation({ endpoint, origin }: { endpoint: ReferenceEndpoint; origin: string }) {
  const { id, method, path, summary } = endpoint;
  const details = useRef<HTMLDetailsElement>(null);
  const [open, setOpen] = useState(false);
  // Who follows a link to an operation finds it open.
  useEffect(() => {
    if (details.current !== null && window.location.hash === `#${id}`) details.current.open = true;
  }, [id]);
  return (
    <details ref={details} id={id} className="group border-t" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex min-h-8 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 hover:bg-hover md:px-4">
        <span className="w-14 shrink-0 font-mono text-xs font-semibold">{method}</span>
        <span className="font-mono text-xs [overflow-wrap:anywhere]">{path}</span>
        <span className="text-ink-2">{summary}</span>
      </summary>
      {open ? <OperationBody endpoint={endpoint} origin={origin} /> : null}
    </details>
  );
}

function OperationBody({ endpoint, origin }: { endpoint: ReferenceEndpoint; origin: string }) {
  const { id, method, path, says, parameters, body, takes, status, mediaType, response } = endpoint;
  const curl = curlOf(endpoint, origin);
  return (
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
        {body === null ? null : <Shape title="Body" note={takes} text={body} />}
        {response === null ? <p className="text-ink-2">Answers {status} with a file ({mediaType}).</p> : <Shape title={`Answer ${status}`} note={mediaType} text={response} />}
      </div>
    </div>
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

function curlOf({ method, path, parameters, body, takes }: ReferenceEndpoint, origin: string): string {
  const query = parameters.filter((one) => one.in === "query" && one.required).map(({ name }) => `${name}=...`);
  const address = `${origin}${path.replace("{assessment}", "latest")}${query.length > 0 ? `?${query.join("&")}` : ""}`;
  return [
    `curl ${method === "GET" ? "" : `-X ${method} `}-H "Authorization: Bearer $TOKEN"`,
    ...(body === null ? [] : [takes === "text/csv" ? '-H "Content-Type: text/csv" --data-binary @table.csv' : '-H "Content-Type: application/json" -d @body.json']),
    `'${address}'`,
  ].join(" \\\n  ");
}
