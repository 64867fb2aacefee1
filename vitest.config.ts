import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = fileURLToPath(new URL(".", import.meta.url));
const alias = { "@": root.replace(/\/$/, ""), "server-only": fileURLToPath(new URL("./scripts/testing/empty.ts", import.meta.url)) };

/**
 * The files of one worker share their modules: most of the time of an isolated run goes into loading the same modules again
 * for each file. What the house keeps in a module is a table or a cache, never a state that a verdict depends on; a test that
 * sets the environment sets it back, spies are taken away before every test.
 */
const shared = { isolate: false, maxWorkers: 2, restoreMocks: true, unstubEnvs: true, unstubGlobals: true };

/** What a test file says of itself when it is slow: it starts processes, kills them, reads a published release or a corpus. */
const SLOW = [/testing\/(?:job-process|run-process|database-user|tcp-server)|evaluateInWorkers|largeSample/, /readCorpus|readReferences|BUNDLES|fc\.assert/];

/**
 * Begins with the files that take longest, so that no worker is left alone with one at the end. A clean clone remembers no
 * durations: the text of a file says enough. Within a kind the longer file comes first.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const ranked = files.map((file) => ({ file, ...rank(file.moduleId) }));
    return ranked.sort((a, b) => a.kind - b.kind || b.length - a.length).map(({ file }) => file);
  }
}

function rank(path: string): { kind: number; length: number } {
  const text = readFileSync(path, "utf8");
  const kind = SLOW.findIndex((sign) => sign.test(text));
  return { kind: kind === -1 ? SLOW.length : kind, length: text.length };
}

/** unit: pure and fast. database: each file starts a cluster of its own in a temporary folder. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        resolve: { alias },
        test: {
          ...shared,
          name: "unit",
          include: ["{app,components,lib,scripts}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "**/node_modules/**"],
          testTimeout: 120_000, // a few seconds each on a machine of its own
          hookTimeout: 120_000, // some read a whole corpus before they begin
        },
      },
      {
        resolve: { alias },
        test: { ...shared, name: "database", include: ["{lib,scripts}/**/*.db.test.ts"], testTimeout: 600_000, hookTimeout: 600_000, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
