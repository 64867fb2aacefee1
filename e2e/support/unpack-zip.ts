import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import yauzl from "yauzl";

/** Unpacks a zip into a folder, as an auditor would. @returns the paths in it */
export function unpackZip(file: string, folder: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    yauzl.open(file, { lazyEntries: true }, (failed, zip) => {
      if (failed) return reject(failed);
      const paths: string[] = [];
      zip.on("error", reject);
      zip.on("end", () => resolve(paths));
      zip.on("entry", (entry: yauzl.Entry) => {
        paths.push(entry.fileName);
        zip.openReadStream(entry, (broken, content) => {
          if (broken) return reject(broken);
          write(content, join(folder, entry.fileName)).then(() => zip.readEntry(), reject);
        });
      });
      zip.readEntry();
    });
  });
}

async function write(content: Readable, target: string): Promise<void> {
  mkdirSync(dirname(target), { recursive: true });
  await pipeline(content, createWriteStream(target));
}
