import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { detectFormat, headOf } from "@/lib/events/detect-format";
import { nameOtherContent } from "./name-other-content";

const FIXTURES = join(import.meta.dirname, "../../inventory/formats/__fixtures__");

test.each(readdirSync(FIXTURES))("%s dropped among events is no events, and is named for what it is", (name) => {
  const bytes = readFileSync(join(FIXTURES, name));
  expect(detectFormat(headOf(bytes)).kind).toBe("unknown");
  expect(nameOtherContent(name, bytes)).toMatchObject({ message: expect.stringMatching(/^This is an inventory or a configuration \(.+\), and holds no events\.$/), remedy: expect.stringContaining("sightline inventory import") });
});

test.each([
  ["a measurement", "segment,family,event_key,host,count,first,last\nOffice,windows-sysmon,1,pc-1,1,,2026-01-01T00:00:00Z\n", /measurement/],
  ["a bundle", '{"type":"bundle","id":"bundle--1","objects":[]}', /STIX bundle/],
  ["segments", "name,platforms,assets\nOffice,Windows,3\n", /segments/],
])("%s is named too", (_, text, words) => {
  expect(nameOtherContent("file", Buffer.from(text))?.message).toMatch(words);
});

test("prose and events of nobody are nothing else either", () => {
  expect(nameOtherContent("a.txt", Buffer.from("hello\n"))).toBeNull();
  expect(nameOtherContent("a.json", Buffer.from('{"hello":1}'))).toBeNull();
});
