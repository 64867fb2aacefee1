"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Table, Td, Th } from "@/components/ui/table";
import type { EventsPreview } from "@/lib/operations/preview-events";

/** What a person says of a file: its format, or the mapping of its columns as JSON. */
export type FileAnswer = { readonly format: string } | { readonly mapping: string };
type Question = Exclude<EventsPreview, { ask: "nothing" }>;

/** Asks what the content of a file does not say by itself. */
export function FileQuestion({ name, question, onAnswer, onSkip }: { name: string; question: Question; onAnswer: (answer: FileAnswer) => void; onSkip: () => void }) {
  return (
    <section aria-label={`About ${name}`} className="flex flex-col gap-3 rounded-lg border border-line-2 bg-surface px-4 py-3">
      {question.ask === "format" ? <FormatQuestion name={name} candidates={question.candidates} onAnswer={onAnswer} /> : <MappingQuestion name={name} question={question} onAnswer={onAnswer} />}
      <div>
        <Button onClick={onSkip}>Leave this file out</Button>
      </div>
    </section>
  );
}

function FormatQuestion({ name, candidates, onAnswer }: { name: string; candidates: Extract<Question, { ask: "format" }>["candidates"]; onAnswer: (answer: FileAnswer) => void }) {
  return (
    <>
      <p>
        <strong>{name}</strong> could be more than one format. Which is it?
      </p>
      <ul className="flex flex-col gap-2">
        {candidates.map(({ id, label, evidence }) => (
          <li key={id} className="flex flex-wrap items-center gap-3">
            <Button variant="primary" onClick={() => onAnswer({ format: id })}>
              Read as {label}
            </Button>
            <span className="text-xs text-ink-2">{evidence.join(", ")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const NONE = "none";

function MappingQuestion({ name, question, onAnswer }: { name: string; question: Extract<Question, { ask: "mapping" }>; onAnswer: (answer: FileAnswer) => void }) {
  const { other, columns, rows, families, fields } = question;
  const [time, setTime] = useState(columns.find((column) => /time|date|when/i.test(column)) ?? NONE);
  const [host, setHost] = useState(columns.find((column) => /^(host|computer|device|machine|pc$)/i.test(column)) ?? NONE);
  const [family, setFamily] = useState(NONE);
  const [key, setKey] = useState(NONE);
  const [value, setValue] = useState("");
  const [filled, setFilled] = useState<Readonly<Record<string, string>>>({});
  const columnOptions = columns.map((column) => ({ value: column, label: column }));
  const ready = time !== NONE && family !== NONE && (key !== NONE || value.trim() !== "");
  const send = () => {
    const named = Object.entries(filled).filter(([, id]) => id !== NONE).map(([column, id]) => [id, column]);
    const mapping = { time: { column: time }, ...(host === NONE ? {} : { host: { column: host } }), kind: { family, key: key === NONE ? { value: value.trim() } : { column: key } }, fields: Object.fromEntries(named) };
    onAnswer({ mapping: JSON.stringify(mapping) });
  };
  return (
    <>
      {other === null ? (
        <p>
          <strong>{name}</strong> is a table. What do its columns mean?
        </p>
      ) : (
        <p role="alert">
          <strong>{name}</strong>: {other} Leave it out and import it under its own tab above, or say what its columns mean if these are events after all.
        </p>
      )}
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Time">{({ id }) => <Select id={id} label="Column of the time" value={time} onChange={setTime} options={[{ value: NONE, label: "Choose a column" }, ...columnOptions]} className="w-full" />}</Field>
        <Field label="Host">{({ id }) => <Select id={id} label="Column of the host" value={host} onChange={setHost} options={[{ value: NONE, label: "No column" }, ...columnOptions]} className="w-full" />}</Field>
        <Field label="Source">{({ id }) => <Select id={id} label="Family of log sources" value={family} onChange={setFamily} options={[{ value: NONE, label: "Choose a source" }, ...families.map((one) => ({ value: one.id, label: one.label }))]} className="w-full" />}</Field>
        <Field label="Kind of record" hint="From a column, or one for all rows.">
          {({ id }) => (
            <div className="flex min-w-0 flex-col gap-2">
              <Select id={id} label="Column of the kind" value={key} onChange={setKey} options={[{ value: NONE, label: "The same for all" }, ...columnOptions]} className="w-full" />
              {key === NONE ? <Input aria-label="Kind of all rows" placeholder="4688" value={value} onChange={(event) => setValue(event.target.value)} /> : null}
            </div>
          )}
        </Field>
      </div>
      <Table label={`First rows of ${name}`}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Th key={column}>
                <span className="block">{column}</span>
                <Select label={`Field of ${column}`} value={filled[column] ?? NONE} onChange={(id) => setFilled({ ...filled, [column]: id })} options={[{ value: NONE, label: "Not used" }, ...fields.map((field) => ({ value: field.id, label: field.label }))]} className="my-1 max-w-44" />
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, place) => (
                <Td key={place} className="max-w-60 truncate">
                  {cell}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
      <div>
        <Button variant="primary" disabled={!ready} onClick={send}>
          Import with this mapping
        </Button>
      </div>
    </>
  );
}
