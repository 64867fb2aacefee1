import { MITRE_NOTICE } from "@/lib/shared/mitre-notice";
import type { RunFacts } from "./run-facts";

/** VERIFY.md: how somebody who does not trust us checks the package, with standard tools first. */
export function verifyText(run: RunFacts): string {
  return `# How to verify this package

Assessment ${run.assessment} at T = ${run.at}, run at ${run.ranAt} by ${run.actor}${run.runLater ? " (as of, run later: T and run time are more than 24 h apart)" : ""}.
Engine ${run.engine}, policy version ${run.policyVersion}, ATT&CK ${Object.entries(run.releases).map(([domain, release]) => `${domain} ${release}`).join(", ")}.

## 1. Nothing was changed since the export

Unpack the zip into an empty folder and run there:

    sha256sum -c manifest-sha256.txt
    sha256sum -c tagmanifest-sha256.txt

Every line must end in \`OK\`. The first file lists everything below \`data/\`, the second everything else.
This version carries no signature: compare the SHA-256 of \`tagmanifest-sha256.txt\` with one that reached you by another way.

## 2. The inputs are the ones that were assessed

    sha256sum data/inputs/scoring-input.json data/results/scoring-result.json

must print ${run.inputDigest}
and ${run.resultDigest}.

## 3. The verdicts follow from the inputs

    npm run -s sightline -- evidence verify FILE.zip --recompute

scores \`data/inputs/scoring-input.json\` again, without database or network, and compares the results, byte for byte.

## 4. A cell rests on real records

\`data/evidence/proofs.ndjson\` names, for every proven requirement, the example records that were counted; they stand in
\`data/evidence/records.ndjson\` with dataset, SHA-256 of the file they come from, record number, byte offset and length. Where you
hold that file (unpacked):

    sha256sum FILE
    tail -c +$((OFFSET + 1)) FILE | head -c LENGTH

prints the record as it was imported. Records beyond these examples are counted in \`data/inputs/scoring-input.json\`, \`aggregates\`.

## What is in it

- \`data/run.json\`: assessment, times, engine, releases, digests.
- \`data/inputs/\`: the scoring input (canonical JSON, times in ms since 1970 UTC, shares in millionths), the policy, and
  \`digests.json\`: catalogues, event files and inventory files by SHA-256.
- \`data/results/\`: the result as computed; cells as JSON (lossless) and CSV; requirements as CSV; the headline numbers.
- \`data/evidence/\`: proofs and records.

In the CSV files an apostrophe stands in front of texts that a spreadsheet would take for a formula; the JSON holds them unchanged.

## ATT&CK

${MITRE_NOTICE}
`;
}
