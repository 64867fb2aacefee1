import { describe, expect, it } from "vitest";
import { wholeBody } from "./whole-body";

const read = async (body: string | null, promised?: string) => {
  const request = new Request("http://127.0.0.1/api/uploads", { method: "POST", ...(body === null ? {} : { body }), ...(promised ? { headers: { "content-length": promised } } : {}) });
  let text = "";
  for await (const chunk of wholeBody(request, "events.json")) text += new TextDecoder().decode(chunk);
  return text;
};

describe("an upload's body", () => {
  it("passes whole", async () => {
    expect(await read("12345", "5")).toBe("12345");
  });
  it("is refused when it was cut on the way", async () => {
    await expect(read("12345", "500")).rejects.toThrow("Only 5 of 500 bytes arrived");
  });
  it("is refused when there is none", async () => {
    await expect(read(null)).rejects.toThrow("The file is empty");
  });
});
