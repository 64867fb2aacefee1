import type { OperationContext } from "@/lib/operations/context";
import type { InlineJob } from "@/lib/operations/run-job-inline";
import type { Json } from "@/lib/shared/canonical-json";
import { SightlineError } from "@/lib/shared/errors";

/** What a verb may do with the world. Results go to stdout; progress, notes and errors to stderr. */
export interface CliIo {
  /** Opens database and files, runs the work, closes them whatever happens. revive: starts an embedded database again that was killed. */
  withContext<T>(work: (ctx: OperationContext, revive?: () => Promise<boolean>) => Promise<T>): Promise<T>;
  /** Runs a job in this process: progress on stderr when that is a terminal, Ctrl-C cancels it. @returns its result. */
  runJob(ctx: OperationContext, job: InlineJob): Promise<Json>;
  /** Prints the verb's one JSON document. A second call in the same run is a defect. */
  json(value: unknown): void;
  line(text: string): void;
  /** Rows with the same keys as aligned columns, keys in front; "no rows" when empty. */
  table(rows: readonly Readonly<Record<string, string | number | boolean | null>>[]): void;
  /** A remark for the person, on stderr. */
  note(text: string): void;
  /** Sets exit code 1 after everything was printed (e.g. some files were refused). */
  fail(): void;
  /** Aborted by Ctrl-C or by SIGTERM. */
  readonly signal: AbortSignal;
}

/** The real terminal. */
export function createCliIo(signal: AbortSignal): CliIo {
  let documents = 0;
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  const gone = watchReader();
  const line = (text: string): void => {
    if (gone()) throw new SightlineError("CANCELLED", "Whoever read the output closed it; the rest was not printed.");
    process.stdout.write(`${text}\n`);
  };
  return {
    signal,
    line,
    note,
    withContext: async (work) => {
      const { openContext } = await import("@/lib/operations/open-context");
      const open = await openContext();
      if (open.note !== null) note(open.note);
      try {
        return await work(open.ctx, open.revive);
      } finally {
        await open.close();
      }
    },
    runJob: async (ctx, job) => {
      const { runJobInline } = await import("@/lib/operations/run-job-inline");
      const bar = process.stderr.isTTY ? showProgress : undefined;
      try {
        return await runJobInline(ctx, job, { signal, onProgress: bar });
      } finally {
        if (bar !== undefined) process.stderr.write("\r\x1b[K");
      }
    },
    json: (value) => {
      documents += 1;
      if (documents > 1) throw new Error("a verb prints one JSON document");
      line(JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? Number(item) : item)));
    },
    table: (rows) => {
      for (const row of alignRows(rows)) line(row);
    },
    fail: () => {
      process.exitCode = 1;
    },
  };
}

/** Columns as wide as their widest cell; numbers to the right. */
export function alignRows(rows: readonly Readonly<Record<string, string | number | boolean | null>>[]): string[] {
  const keys = Object.keys(rows[0] ?? {});
  if (keys.length === 0) return ["no rows"];
  const cells = [keys, ...rows.map((row) => keys.map((key) => String(row[key] ?? "-")))];
  const widths = keys.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? "").length)));
  return cells.map((row) =>
    row
      .map((cell, column) => (typeof rows[0]?.[keys[column] ?? ""] === "number" ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

let readerGone: (() => boolean) | undefined;

// `cells --json | head`: a broken pipe must end the verb like any refusal, the database closed, not with Node's stack.
function watchReader(): () => boolean {
  if (readerGone !== undefined) return readerGone;
  let broken = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    broken = true;
  });
  return (readerGone = () => broken);
}

let shownAt = 0;
function showProgress(done: number, total: number | null, text: string): void {
  if (Date.now() - shownAt < 100) return;
  shownAt = Date.now();
  const share = total === null || total === 0 ? "" : `${Math.floor((done / total) * 100)} % `;
  process.stderr.write(`\r\x1b[K${share}${text}`.slice(0, 160));
}
