import { hostChooser } from "@/lib/events/choose-host";
import type { DatasetView } from "@/lib/events/dataset-types";
import type { FileStore } from "@/lib/files/file-store";
import { SightlineError } from "@/lib/shared/errors";
import type { EventContent } from "./evaluation";

/**
 * A kept sample as evaluateInWorkers reads it: with the format, hosts and zone of its import.
 *
 * @param zone of its segment; null: UTC
 */
export function datasetContent(files: Pick<FileStore, "open">, { fileName, contentDigest, bytes, format, options, importedAt }: Pick<DatasetView, "fileName" | "contentDigest" | "bytes" | "format" | "options" | "importedAt">, zone: string | null): EventContent {
  return {
    name: fileName,
    open: () => files.open(contentDigest),
    bytes,
    format,
    host: options.host,
    hostFrom: readsHost(options.hostFrom, fileName) ? options.hostFrom : null,
    zone: options.zone ?? zone ?? "UTC",
    reference: Date.parse(importedAt),
    ...(options.mapping === undefined ? {} : { mapping: options.mapping }),
  };
}

/** A file's own name may not be enough for an expression over the path it was imported from: then the record's own host stands. */
function readsHost(hostFrom: string | null, filePath: string): boolean {
  try {
    hostChooser({ host: null, hostFrom, filePath });
    return true;
  } catch (error) {
    if (error instanceof SightlineError) return false;
    throw error;
  }
}
