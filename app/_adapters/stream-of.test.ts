import { describe, expect, test, vi } from "vitest";
import { streamOf } from "./stream-of";

const part = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("a body that is made while it is read", () => {
  test("gives every part in order and ends", async () => {
    async function* made() {
      yield part("one ");
      yield part("two");
    }
    expect(await new Response(streamOf(made())).text()).toBe("one two");
  });

  test("an error on the way breaks the body instead of ending it", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    async function* made() {
      yield part("half");
      throw new Error("the kept file is gone");
    }
    await expect(new Response(streamOf(made())).text()).rejects.toThrow("the kept file is gone");
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });

  test("a reader who leaves ends the making", async () => {
    let ended = false;
    async function* made() {
      try {
        for (;;) yield part("more");
      } finally {
        ended = true;
      }
    }
    const reader = streamOf(made()).getReader();
    await reader.read();
    await reader.cancel();
    expect(ended).toBe(true);
  });
});
