import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/**
 * The fence guards itself: a small good tree passes, and each fault planted in it is caught by the rule that is meant for it.
 * All faults are planted at once, in files of their own, so that dependency-cruiser runs twice and not twenty times.
 */
const ROOT = resolve(import.meta.dirname, "..");

const SKELETON: Record<string, string> = {
  "lib/shared/errors.ts": "export const x = 1;",
  "lib/db/client.ts": "export const db = 1; export type Db = number;",
  "lib/db/testing/database.ts": 'import { o } from "@/lib/operations/get-overview"; export const d = o;',
  "lib/files/file-store.ts": 'import { x } from "@/lib/shared/errors"; export const f = x;',
  "lib/audit/emit-audit.ts": 'import { db } from "@/lib/db/client"; export const a = db;',
  "lib/catalog/types.ts": "export type Analytic = { id: string }; export const c = 1;",
  "lib/catalog/store.ts": 'import { db } from "@/lib/db/client"; export const load = db;',
  "lib/telemetry/resolve.ts": 'import { c } from "@/lib/catalog/types"; export const t = c;',
  "lib/inventory/claim.ts": 'import { t } from "@/lib/telemetry/resolve"; export const i = t;',
  "lib/events/read.ts": 'import { t } from "@/lib/telemetry/resolve"; export const e = t;',
  "lib/detection/match.ts": 'import { e } from "@/lib/events/read"; export const d = e;',
  "lib/assessment/assess.ts": 'import { i } from "@/lib/inventory/claim"; export const s = i;',
  "lib/reports/overview.ts": 'import { s } from "@/lib/assessment/assess"; export type View = { n: number }; export const r = s;',
  "lib/operations/get-overview.ts": 'import { load } from "@/lib/catalog/store"; import { r } from "@/lib/reports/overview"; export const o = load + r;',
  "lib/cli/main.ts": 'export const run = () => import("@/lib/operations/get-overview");',
  "lib/api/answer.ts": 'import { o } from "@/lib/operations/get-overview"; export const answer = o;',
  "app/api/route.ts": 'import { answer } from "@/lib/api/answer"; export const GET = answer;',
  "app/page.tsx": 'import { o } from "@/lib/operations/get-overview"; import { C } from "@/components/c"; import type { View } from "@/lib/reports/overview"; export const p: [number, unknown, View?] = [o, C];',
  "components/c.tsx": 'import type { View } from "@/lib/reports/overview"; export const C = (v: View) => v.n;',
  "lib/catalog/store.db.test.ts": 'import { load } from "./store"; export const usesStore = load;',
};

/** Planted file -> [its text, the rule that must catch it]. */
const FAULTS: Record<string, [string, string]> = {
  "lib/shared/f1.ts": ['import { c } from "@/lib/catalog/types"; export const v = c;', "layer-shared"],
  "lib/db/f2.ts": ['import { c } from "@/lib/catalog/types"; export const v = c;', "layer-db"],
  "lib/files/f3.ts": ['import { e } from "@/lib/events/read"; export const v = e;', "layer-files"],
  "lib/audit/f4.ts": ['import { c } from "@/lib/catalog/types"; export const v = c;', "layer-audit"],
  "lib/catalog/f5.ts": ['import { t } from "@/lib/telemetry/resolve"; export const v = t;', "layer-catalog"],
  "lib/telemetry/f6.ts": ['import { e } from "@/lib/events/read"; export const v = e;', "layer-telemetry"],
  "lib/inventory/f7.ts": ['import { e } from "@/lib/events/read"; export const v = e;', "layer-inventory"],
  "lib/events/f8.ts": ['export const v = () => import("@/lib/reports/overview");', "layer-events"],
  "lib/detection/f9.ts": ['import { s } from "@/lib/assessment/assess"; export const v = s;', "layer-detection"],
  "lib/assessment/f10.ts": ['import { r } from "@/lib/reports/overview"; export const v = r;', "layer-assessment"],
  "lib/reports/f11.ts": ['import { p } from "@/app/page"; export const v = p;', "layer-reports"],
  "lib/api/f27.ts": ['import { load } from "@/lib/catalog/store"; export const v = load;', "only-operations-call-stores"],
  "lib/operations/f28.ts": ['export const v = () => import("@/lib/api/answer");', "layer-operations"],
  "lib/cli/f12.ts": ['import { load } from "@/lib/catalog/store"; export const v = load;', "only-operations-call-stores"],
  "lib/assessment/f13.ts": ['import { db } from "@/lib/db/client"; export const v = db;', "only-stores-touch-the-db"],
  "app/f14.tsx": ['import type { Db } from "@/lib/db/client"; export const v: Db = 1;', "only-stores-touch-the-db"],
  "components/f15.tsx": ['import type { Db } from "@/lib/db/client"; export const v: Db = 1;', "only-stores-touch-the-db"],
  "lib/reports/f16.ts": ['import { load } from "@/lib/catalog/store"; export const v = load;', "only-operations-call-stores"],
  "app/f17.tsx": ['import { s } from "@/lib/assessment/assess"; export const v = s;', "app-is-thin"],
  "components/f18.tsx": ['import { r } from "@/lib/reports/overview"; export const v = r;', "components-only-draw"],
  "components/f19.tsx": ['import { o } from "@/lib/operations/get-overview"; export const v = o;', "components-only-draw"],
  "lib/events/f20.ts": ['import { readFileSync } from "node:fs"; export const v = readFileSync;', "core-is-pure"],
  "lib/assessment/f21.ts": ['import { useState } from "react"; export const v = useState;', "core-is-pure"],
  "lib/shared/f22.ts": ['import { Worker } from "node:worker_threads"; export const v = Worker;', "core-is-pure"],
  "lib/gaps/f23.ts": ['import { w } from "./f24"; export const v = w;', "no-cycles"],
  "lib/events/f26.ts": ['import { d } from "@/lib/db/testing/database"; export const v = d;', "testing-is-for-tests"],
  "lib/evidence/f25.ts": ['import { n } from "@/lib/evidence/nowhere"; export const v = n;', "no-unresolvable"],
};

/** The other half of the planted cycle: it is reported once, at one of its ends. */
const ACCOMPLICE = { "lib/gaps/f24.ts": 'import { v } from "./f23"; export const w = v;' };

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

function plant(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function violations(folder: string): Violation[] {
  const output = execFileSync(process.execPath, [join(ROOT, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"), "app", "components", "lib", "--config", ".dependency-cruiser.cjs", "--output-type", "json"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 << 20,
  });
  const report: { summary: { violations: Violation[] } } = JSON.parse(output);
  return report.summary.violations;
}

describe("the fence", () => {
  const folder = mkdtempSync(join(tmpdir(), "sightline-fence-"));
  beforeAll(() => {
    for (const file of [".dependency-cruiser.cjs", "tsconfig.json"]) cpSync(join(ROOT, file), join(folder, file));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    plant(folder, SKELETON);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("a tree that keeps the layers passes, tests of stores included", () => {
    expect(violations(folder)).toEqual([]);
  });

  test("every planted fault is caught by the rule meant for it", () => {
    plant(folder, { ...ACCOMPLICE, ...Object.fromEntries(Object.entries(FAULTS).map(([path, [text]]) => [path, text])) });
    const caught = violations(folder);
    const missed = Object.entries(FAULTS).filter(([path, [, rule]]) => !caught.some((violation) => violation.from === path && violation.rule.name === rule));
    expect(missed.map(([path, [, rule]]) => `${path} should break ${rule}`)).toEqual([]);
  });
});
