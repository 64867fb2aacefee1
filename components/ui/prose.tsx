import type { Sentence } from "@/lib/reports/sentence";

/** A generated sentence with its weighty words set stronger. */
export function Prose({ of }: { of: Sentence }) {
  return (
    <>
      {of.map((part, index) => (typeof part === "string" ? part : <strong key={index}>{part.strong}</strong>))}
    </>
  );
}
