import { httpResponse } from "@/app/_adapters/http-response";
import { findBenchChoices } from "@/lib/operations/find-bench-choices";
import { runBench } from "@/lib/operations/run-bench";
import { SightlineError } from "@/lib/shared/errors";
import { wholeBody } from "../uploads/whole-body";

const MOST_BYTES = 16 * 1024 * 1024; // text as JSON, every character escaped; the operation bounds the characters

/** What can be picked: stored rules, or datasets and pack tests, by words. */
export async function GET(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const search = new URL(request.url).searchParams;
    return Response.json(await findBenchChoices(ctx, { of: search.get("of") === "rule" ? "rule" : "events", words: search.get("q") ?? "" }), { headers: { "cache-control": "no-store" } });
  });
}

/** Asks a rule about events. Whoever hangs up cancels it. */
export async function POST(request: Request): Promise<Response> {
  return httpResponse(request, async (ctx) => {
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of wholeBody(request, "the question")) {
      bytes += part.length;
      if (bytes > MOST_BYTES) throw new SightlineError("TOO_LARGE", "The bench takes less text than this.", { remedy: "Import the events and pick the file, or run sightline explain." });
      parts.push(part);
    }
    return Response.json(await runBench(ctx, readJson(Buffer.concat(parts)), request.signal), { headers: { "cache-control": "no-store" } });
  });
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new SightlineError("INVALID", "The question is no JSON.");
  }
}
