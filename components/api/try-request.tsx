"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ReferenceParameter } from "@/lib/api/reference-view";

const MOST_SHOWN = 20_000; // characters

interface Outcome {
  readonly head: string;
  readonly text: string;
}

/** A reading of the API, asked by this browser: what comes back is shown as it came, long answers by their beginning. */
export function TryRequest({ id, path, parameters }: { id: string; path: string; parameters: readonly ReferenceParameter[] }) {
  const [values, setValues] = useState<Readonly<Record<string, string>>>(() => Object.fromEntries(parameters.filter(({ name }) => name === "assessment").map(({ name }) => [name, "latest"])));
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [busy, setBusy] = useState(false);
  const missing = parameters.filter(({ name, required }) => required && !values[name]?.trim());
  const send = async () => {
    setBusy(true);
    setOutcome(await ask(addressOf(path, parameters, values)));
    setBusy(false);
  };
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className="flex flex-wrap items-end gap-2">
        {parameters.map(({ name, required }) => (
          <div key={name} className="w-40">
            <Field label={required ? `${name} (required)` : name}>{(parts) => <Input {...parts} value={values[name] ?? ""} onChange={(event) => setValues({ ...values, [name]: event.target.value })} />}</Field>
          </div>
        ))}
        <Button type="submit" disabled={busy || missing.length > 0} aria-label={`Try ${id}`}>
          Try it
        </Button>
      </div>
      <div aria-live="polite">
        {outcome ? (
          <div className="flex flex-col gap-1.5">
            <p className="font-mono text-xs text-ink-2">{outcome.head}</p>
            <CodeBlock label={`Answer of ${id}`} text={outcome.text} className="max-h-96" />
          </div>
        ) : null}
      </div>
    </form>
  );
}

function addressOf(path: string, parameters: readonly ReferenceParameter[], values: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams();
  let address = path;
  for (const parameter of parameters) {
    const value = values[parameter.name]?.trim() ?? "";
    if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else if (value !== "") query.set(parameter.name, value);
  }
  return query.size === 0 ? address : `${address}?${query.toString()}`;
}

async function ask(address: string): Promise<Outcome> {
  try {
    const started = performance.now();
    const response = await fetch(address, { headers: { accept: "application/json" } });
    const text = await response.text();
    const head = `${response.status} ${address} · ${text.length} characters · ${Math.round(performance.now() - started)} ms`;
    const pretty = indent(text);
    return { head, text: pretty.length > MOST_SHOWN ? `${pretty.slice(0, MOST_SHOWN)}\n… ${pretty.length - MOST_SHOWN} characters more` : pretty };
  } catch {
    return { head: address, text: "The server did not answer." };
  }
}

function indent(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
