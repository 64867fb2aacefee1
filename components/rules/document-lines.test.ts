import { describe, expect, it } from "vitest";
import { documentLines } from "./document-lines";

describe("the lines of one document of a file", () => {
  it.each([
    ["the only one", "title: A\nid: 1\n", 0, "title: A\nid: 1", 1],
    ["the first", "title: A\n---\ntitle: B\n", 0, "title: A", 1],
    ["the last", "title: A\n---\ntitle: B\n", 1, "title: B", 3],
    ["behind a start mark and comments", "# ours\n---\ntitle: A\n---\ntitle: B", 1, "title: B", 5],
    ["first behind a start mark", "---\ntitle: A\n---\ntitle: B", 0, "title: A", 2],
    ["with dashes within a text", "title: A\ndescription: |\n  ---\n  b\n", 0, "title: A\ndescription: |\n  ---\n  b", 1],
    ["that is not there", "title: A\n", 3, "title: A\n", 1],
  ] as const)("%s", (_, text, position, own, first) => {
    expect(documentLines(text, position)).toEqual({ text: own, first });
  });
});
