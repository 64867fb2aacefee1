import { counted } from "@/lib/shared/format-number";
import type { RunFacts } from "./run-facts";

/** A file of the package and what it is for. */
export interface PackagePart {
  readonly path: string;
  readonly holds: string;
  readonly onlyIfAny?: true; // left out of a package whose assessment had none
}

/** What an auditor checks, and the commands that do it in a folder with the unpacked package. */
export interface CheckStep {
  readonly title: string;
  readonly says: string;
  readonly commands: readonly string[];
}

/** Every file that a package can hold, in the order of reading. */
export const PACKAGE_PARTS: readonly PackagePart[] = [
  { path: "VERIFY.md", holds: "How to check the package without us." },
  { path: "data/run.json", holds: "Which assessment: times, engine, releases, policy, digests." },
  { path: "data/inputs/scoring-input.json", holds: "Everything the verdicts follow from, in one document." },
  { path: "data/inputs/policy.json", holds: "The policy’s values." },
  { path: "data/inputs/measurements.json", holds: "What queries in the fleet’s own platform counted, with the text, SHA-256 and date of each query.", onlyIfAny: true },
  { path: "data/inputs/overrides.json", holds: "Overrides of resolutions in force: who, why, and where they go beyond the product’s tables.", onlyIfAny: true },
  { path: "data/inputs/tests.json", holds: "Tests that were attached: both samples by SHA-256, rules and values they ran with, how they came out and since when.", onlyIfAny: true },
  { path: "data/inputs/digests.json", holds: "Catalogs, event files and inventories by SHA-256." },
  { path: "data/results/scoring-result.json", holds: "The result as it was computed." },
  { path: "data/results/cells.json", holds: "Every cell with its requirements, nothing left out." },
  { path: "data/results/cells.csv", holds: "The cells for a spreadsheet." },
  { path: "data/results/requirements.csv", holds: "The requirements for a spreadsheet." },
  { path: "data/results/report.json", holds: "The headline numbers, fleet and segments." },
  { path: "data/evidence/proofs.ndjson", holds: "For every proven requirement, the records that were counted." },
  { path: "data/evidence/records.ndjson", holds: "Those records as imported, with file, number and byte offset." },
  { path: "manifest-sha256.txt", holds: "SHA-256 of everything below data/." },
  { path: "tagmanifest-sha256.txt", holds: "SHA-256 of everything else but itself." },
  { path: "bagit.txt", holds: "Says that this is a BagIt package." },
  { path: "bag-info.txt", holds: "Who made it, of what, when." },
  { path: "NOTICE.txt", holds: "MITRE’s notice." },
];

/** How many files a package has, in words: `evidence verify` counts those of one package. */
export function packageSize(parts: readonly PackagePart[]): string {
  const some = parts.filter(({ onlyIfAny }) => onlyIfAny === true).length;
  const always = counted(parts.length - some, "file");
  return some === 0 ? always : `${always}, and up to ${some} more of what the assessment used`;
}

/** Under this name a package is offered. at: ISO 8601. */
export function packageFileName(assessment: number, at: string): string {
  return `sightline-evidence-${assessment}-${at.slice(0, 10)}.zip`;
}

/** How to check the package of a run; VERIFY.md says the same inside the package. */
export function checkSteps(run: Pick<RunFacts, "inputDigest" | "resultDigest">, fileName: string): CheckStep[] {
  return [
    { title: "Nothing was changed since the export", says: "Unpack the zip into an empty folder. Every line must end in OK. The first file lists everything below data/, the second everything else.", commands: ["sha256sum -c manifest-sha256.txt", "sha256sum -c tagmanifest-sha256.txt"] },
    { title: "The inputs are the ones that were assessed", says: `Must print ${run.inputDigest} and ${run.resultDigest}.`, commands: ["sha256sum data/inputs/scoring-input.json data/results/scoring-result.json"] },
    { title: "The verdicts follow from the inputs", says: "Scores the input again, without database or network, and compares every result byte for byte.", commands: [`npm run -s sightline -- evidence verify ${fileName} --recompute`] },
    { title: "A cell rests on real records", says: "proofs.ndjson names the records, records.ndjson holds them with the file’s SHA-256, byte offset and length. Where you hold that file, unpacked:", commands: ["sha256sum FILE", "tail -c +$((OFFSET + 1)) FILE | head -c LENGTH"] },
  ];
}
