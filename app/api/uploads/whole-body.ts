import { SightlineError } from "@/lib/shared/errors";

/**
 * The chunks of a request's body. At its end the bytes are compared with what content-length promised, so that a body which
 * was cut on the way is refused while it is being kept and leaves nothing behind.
 *
 * @throws SightlineError INVALID when fewer or more bytes arrived, or none
 */
export async function* wholeBody(request: Request, fileName: string): AsyncGenerator<Uint8Array> {
  const header = request.headers.get("content-length");
  const reader = request.body?.getReader();
  let arrived = 0;
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done || value === undefined) break;
      arrived += value.length;
      yield value;
    }
  } finally {
    reader?.releaseLock();
  }
  if (arrived === 0) throw new SightlineError("INVALID", "The file is empty.", { file: fileName });
  if (header !== null && Number(header) !== arrived) throw new SightlineError("INVALID", `Only ${arrived} of ${header} bytes arrived.`, { file: fileName, remedy: "Send it again." });
}
