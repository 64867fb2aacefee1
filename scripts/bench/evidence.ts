import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { assess } from "@/lib/assessment/assess";
import { buildScoringInput } from "@/lib/assessment/build-scoring-input";
import { makeLargeFleet } from "@/lib/assessment/testing/make-large-fleet";
import { linkCatalog } from "@/lib/catalog/link-catalog";
import { parseStixBundle } from "@/lib/catalog/parse-stix-bundle";
import { projectRoot } from "@/lib/db/project-root";
import { assemblePackage } from "@/lib/evidence/assemble-package";
import type { WrittenEntry } from "@/lib/evidence/package-entry";
import { bytesSource } from "@/lib/files/read-single-file";
import { writeZip } from "@/lib/operations/evidence/write-zip";
import { verifyEvidence } from "@/lib/operations/verify-evidence";
import { canonicalJson } from "@/lib/shared/canonical-json";
import { sha256 } from "@/lib/shared/digest";

/* The evidence of 1,758 analytics of enterprise 19.1 x 100 segments: packed, verified, scored again from the package alone. */
const SAMPLE = join(process.env["SIGHTLINE_SAMPLES"] ?? join(projectRoot(), "../shared"), "attack/enterprise-attack-19.1-detect-stix21.json.gz");
if (!existsSync(SAMPLE)) {
  console.log(`skipped: ${SAMPLE} is not here`);
  process.exit(0);
}
const say = (what: string, began: number): void => console.log(`${what.padEnd(44)} ${((performance.now() - began) / 1000).toFixed(1)} s, ${Math.round(process.memoryUsage().rss / 1e6)} MB resident`);

const AT = Date.UTC(2026, 10, 21);
const linked = linkCatalog(parseStixBundle(gunzipSync(readFileSync(SAMPLE)), "bench"), "enterprise");
const input = buildScoringInput(makeLargeFleet(linked.analytics, 100, AT));
const result = assess(input);
const [inputText, resultText] = [Buffer.from(canonicalJson(input)), Buffer.from(canonicalJson(result))];
const whole = (bytes: Uint8Array) =>
  async function* (): AsyncGenerator<Uint8Array> {
    for (let from = 0; from < bytes.length; from += 1 << 20) yield bytes.subarray(from, from + (1 << 20));
  };
const iso = new Date(AT).toISOString();
const run = { schema: "sightline.evidence/1" as const, assessment: 1, at: iso, ranAt: iso, runLater: false, actor: "bench", engine: input.engine, domains: input.domains, releases: input.releases, policyVersion: input.policy.version, inputDigest: sha256(inputText), resultDigest: sha256(resultText), software: "bench" };

let began = performance.now();
say("before", began);
const written: WrittenEntry[] = [];
const entries = assemblePackage({ run, input, result, inputFile: whole(inputText), resultFile: whole(resultText), digests: {}, examplesOf: async () => [] }, () => written);
const parts: Uint8Array[] = [];
for await (const part of writeZip(entries, new Date(AT), written)) parts.push(part);
const zip = Buffer.concat(parts);
say(`packed ${(written.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(0)} MB into ${(zip.length / 1e6).toFixed(1)} MB`, began);
began = performance.now();
const check = await verifyEvidence({ actor: { name: "bench", authenticated: false }, role: "auditor", segments: "all" }, { source: bytesSource(zip), fileName: "bench.zip", recompute: true });
say(`verified and scored again: ${check.recomputed ?? ""}`, began);
if (!check.ok) throw new Error(JSON.stringify(check.findings));
