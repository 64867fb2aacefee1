/** A process for the kill test: imports the bundle on stdin and stands still inside the writing transaction until it is killed. */
import { z } from "zod";
import { createDb } from "@/lib/db/client";
import { createFileStore } from "@/lib/files/file-store";
import { bytesSource } from "@/lib/files/read-single-file";
import { importCatalog } from "../import-catalog";

const connection = z.object({ host: z.string(), port: z.number(), user: z.string(), database: z.string() }).parse(JSON.parse(process.env.SIGHTLINE_TEST_CONNECTION ?? "null"));
const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));

let writes = 0;
await importCatalog(
  { actor: { name: "local:killed", authenticated: false }, role: "admin", segments: "all", clock: () => new Date(), db: createDb(connection), files: createFileStore(process.env.SIGHTLINE_TEST_FILES ?? "") },
  {
    fileName: "enterprise-attack-19.1.json",
    source: bytesSource(Buffer.concat(chunks)),
    progress: (_done, _total, text) => {
      process.stdout.write(`${text}\n`);
      if (text === "storing links and issues") {
        writes += 1;
        if (writes === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); // for ever
      }
    },
  },
);
