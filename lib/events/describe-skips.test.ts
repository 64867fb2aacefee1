import { expect, test } from "vitest";
import { describeEmptyFile, describeSkip } from "./describe-skips";

const refusal = { reason: "not-json", count: 2, firstRecord: 1, message: "This is not JSON.", example: "x" };
const skip = (reason: string) => ({ reason, count: 1, bytes: 10 });

test.each([
  ["what was refused comes first", { reasons: [refusal], skipped: [skip("cloudtrail-digest")] }, /^No record could be read: This is not JSON\.$/],
  ["a digest alone says what it is", { reasons: [], skipped: [skip("wrapper"), skip("cloudtrail-digest")] }, /^The file holds no records: a CloudTrail digest lists delivered files/],
  ["a code without words of its own is named", { reasons: [], skipped: [skip("odd-thing")] }, /^The file holds no records: odd-thing\.$/],
  ["entries without content are said to be that", { reasons: [], skipped: [skip("header"), skip("no-record")] }, /only entries that report nothing/],
  ["packaging around nothing is an empty file", { reasons: [], skipped: [skip("wrapper")] }, /^The file holds no records\.$/],
])("of a file without records, %s", (_, report, sentence) => {
  expect(describeEmptyFile(report).message).toMatch(sentence);
});

test("packaging is passed over without a word; a digest on its own says where the events are", () => {
  expect(describeSkip("wrapper")).toBeNull();
  expect(describeSkip("no-flows")).toBe("no flow is in them");
  expect(describeEmptyFile({ reasons: [], skipped: [skip("cloudtrail-digest")] }).remedy).toMatch(/log files that it lists/);
});
