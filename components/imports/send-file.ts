"use client";

export interface SentFile {
  readonly digest?: string; // of a file that waits for its preview
  readonly job?: string; // that does the import
  readonly layer?: { readonly id: string; readonly name: string; readonly domain: string; readonly refused: number; readonly again: boolean };
}

/**
 * Asks whether files could be imported with these options, before any of them is sent.
 *
 * @throws Error with the server's sentence
 */
export async function checkUpload(parameters: Readonly<Record<string, string>>): Promise<void> {
  const answer = await fetch(`/api/uploads?${new URLSearchParams(parameters)}`);
  if (!answer.ok) throw new Error(reasonOf(await answer.json().catch(() => null)) ?? `The server refused these options (${answer.status}).`);
}

/**
 * Sends a file as the body of one request, so that the server can stream it to disk. fetch cannot tell how much has left;
 * XMLHttpRequest can.
 *
 * @throws Error with the server's sentence, or one of its own when the connection broke
 */
export function sendFile(file: File, parameters: Readonly<Record<string, string>>, onProgress: (sent: number, total: number) => void, signal?: AbortSignal): Promise<SentFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/uploads?${new URLSearchParams({ ...parameters, name: file.name })}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => onProgress(event.loaded, event.total);
    request.onload = () => {
      const answer: unknown = request.response;
      if (request.status === 200 && isSent(answer)) resolve(answer);
      else reject(new Error(reasonOf(answer) ?? `The server refused the file (${request.status}).`));
    };
    request.onerror = () => reject(new Error("The connection broke before the whole file had arrived. Nothing was imported."));
    request.onabort = () => reject(new Error("Cancelled before the whole file had been sent. Nothing was imported."));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function isSent(value: unknown): value is SentFile {
  return typeof value === "object" && value !== null && ("digest" in value || "job" in value);
}

function reasonOf(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("error" in value)) return null;
  const { error } = value;
  return typeof error === "object" && error !== null && "message" in error && typeof error.message === "string" ? error.message : null;
}
