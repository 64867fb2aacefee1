import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logsourcePlatforms } from "./logsource-platforms";
import { placeholdersOf } from "./placeholders-of";
import { planRuleImport, type KnownRule } from "./plan-rule-import";
import { proposeLinks, type AnalyticForLinks, type RuleForLinks } from "./propose-links";
import { readRuleTexts, type ReadDocument } from "./read-rule-texts";
import { referencesOf } from "./references-of";
import { techniqueOfTag, translateTechnique, type TechniqueIndex } from "./translate-tag";

const rule = (title: string, more = ""): string => `title: ${title}\nid: ${title}-id\nauthor: Somebody\nreferences:\n  - https://example.org/${title}\nlogsource:\n  product: windows\n${more || "detection:\n  selection:\n    Image: x\n  condition: selection\n"}`;
const known = (documents: readonly ReadDocument[]): KnownRule[] => planRuleImport(documents, [], 1).drafts.map(({ key, path, position, digest, refusal }) => ({ key, path, position, digest, refusal, state: "active" }));

describe("the files of a source", () => {
  test("a refused rule keeps its author, references and place; the others are read", () => {
    const { documents } = readRuleTexts([{ path: "b.yml", text: rule("b", "detection:\n  selection:\n    Image|odd: x\n  condition: selection\n") }, { path: "a.yml", text: rule("a") }]);
    expect(documents.map(({ path, title, author, references, refusal }) => [path, title, author, references, refusal?.line ?? null])).toEqual([
      ["a.yml", "a", "Somebody", ["https://example.org/a"], null],
      ["b.yml", "b", "Somebody", ["https://example.org/b"], 10],
    ]);
  });

  test("a file that is no YAML is listed as unread, by its name", () => {
    expect(readRuleTexts([{ path: "x/y.yml", text: "title: [" }]).documents).toMatchObject([{ kind: "unread", title: "y.yml", refusal: { message: expect.stringContaining("not YAML") } }]);
  });

  test("a placeholder refuses nothing here: each segment gives its value", () => {
    const text = rule("p", "detection:\n  selection:\n    User|expand: 'x%admins%'\n    Ip|cidr|expand: '%nets%'\n    Text: '%literal%'\n  condition: selection\n");
    expect(readRuleTexts([{ path: "p.yml", text }]).documents).toMatchObject([{ refusal: null, placeholders: ["admins", "nets"] }]);
    expect(placeholdersOf(null)).toEqual([]);
  });

  test("a correlation speaks of the product that all of its rules speak of, over any number of steps", () => {
    const rule = (name: string, product: string) => `title: ${name}\nname: ${name}\nlogsource: {product: ${product}, category: process_creation}\ndetection: {s: {Image: a}, condition: s}\n`;
    const chain = (name: string, ...rules: readonly string[]) => `title: ${name}\nname: ${name}\ncorrelation: {type: temporal, rules: [${rules.join()}], timespan: 5m}\n`;
    const text = [rule("a", "macos"), rule("b", "macos"), rule("c", "linux"), chain("same", "a", "b"), chain("mixed", "a", "c"), chain("outer", "same", "b"), chain("over", "mixed", "a")].join("---\n");
    expect(readRuleTexts([{ path: "r.yml", text }]).documents.map(({ title, product }) => [title, product])).toEqual([["a", "macos"], ["b", "macos"], ["c", "linux"], ["same", "macos"], ["mixed", null], ["outer", "macos"], ["over", null]]);
  });

  test("a correlation whose rule is missing is refused, until the rule is there", () => {
    const correlation = "title: c\nname: c\ncorrelation:\n  type: event_count\n  rules:\n    - a-id\n  timespan: 5m\n  group-by:\n    - User\n  condition:\n    gte: 3\n";
    expect(readRuleTexts([{ path: "c.yml", text: correlation }]).documents[0]?.refusal?.message).toContain("a-id");
    expect(readRuleTexts([{ path: "c.yml", text: correlation }, { path: "a.yml", text: rule("a") }]).documents.every(({ refusal }) => refusal === null)).toBe(true);
    expect(referencesOf(correlation)).toEqual(["a-id"]);
  });

  test("whatever the texts are, reading ends, every fault is a refusal, and a second reading is the same", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ path: fc.string({ minLength: 1 }), text: fc.oneof(fc.string(), fc.string().map((more) => rule("r", more)), fc.json()) }), { maxLength: 4 }), (texts) => {
        const unique = [...new Map(texts.map((one) => [one.path, one])).values()];
        expect(readRuleTexts(unique)).toEqual(readRuleTexts([...unique].reverse()));
      }),
      { numRuns: 60 },
    );
  });
});

describe("what an import changes", () => {
  const first = readRuleTexts([{ path: "a.yml", text: rule("a") }, { path: "b.yml", text: rule("b") }]).documents;

  test("the same content again changes nothing, wherever its file lies now", () => {
    expect(planRuleImport(first, known(first), 2).counts).toEqual({ files: 2, documents: 2, new: 0, changed: 0, same: 2, removed: 0, refused: 0 });
    const moved = planRuleImport(first.map((one) => ({ ...one, path: `new/${one.path}` })), known(first), 2);
    expect([moved.counts.same, moved.write.map(({ change }) => change)]).toEqual([2, ["moved", "moved"]]);
  });

  test("a rule that became unreadable stays the rule that stood there", () => {
    const broken = readRuleTexts([{ path: "a.yml", text: "title: [" }, { path: "b.yml", text: rule("b") }]).documents;
    const plan = planRuleImport(broken, known(first), 2);
    expect(plan.removed).toEqual([]);
    expect(plan.write).toMatchObject([{ key: "a-id", change: "changed", kind: "unread" }]);
  });

  test("an id that stands in two files is the first one's, and the import says so", () => {
    const twins = readRuleTexts([{ path: "a.yml", text: rule("a") }, { path: "z.yml", text: rule("a") }]).documents;
    const plan = planRuleImport(twins, [], 2);
    expect(plan.drafts.map(({ key }) => key)).toEqual(["a-id", "z.yml#0"]);
    expect(plan.warnings).toMatchObject([{ code: "same-id", file: "z.yml" }]);
  });

  test("counts add up: whatever was there is the same, changed or removed, and nothing twice", () => {
    const document = (id: string, digest: string): ReadDocument => ({ ...(first[0] ?? fail()), sigmaId: id, digest, path: `${id}.yml` });
    const set = fc.uniqueArray(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.constantFrom("1", "2")), { selector: ([id]) => id });
    fc.assert(
      fc.property(set, set, (before, after) => {
        const stored = known(before.map(([id, digest]) => document(id, digest)));
        const { counts, removed, drafts } = planRuleImport(after.map(([id, digest]) => document(id, digest)), stored, after.length);
        expect(counts.same + counts.changed + removed.length).toBe(stored.length);
        expect(counts.same + counts.changed + counts.new).toBe(drafts.length);
        expect(new Set(drafts.map(({ key }) => key)).size).toBe(drafts.length);
      }),
      { numRuns: 100 },
    );
  });
});

describe("which links tags propose", () => {
  const index: TechniqueIndex = {
    live: new Map([["T1059.001", "PowerShell"], ["T1685", "New"], ["T1021", "Remote"]]),
    revokedBy: new Map([["T1562.001", ["T1685"]], ["T1086", ["T1059.001"]], ["T1", ["T2"]], ["T2", ["T1"]]]),
    revokes: new Map([["T9999", ["T1021"]]]),
  };
  const analytics: AnalyticForLinks[] = [
    { id: "AN1", platforms: ["Windows"], techniques: [{ id: "T1059.001" }], components: ["DC0032"] },
    { id: "AN2", platforms: ["macOS"], techniques: [{ id: "T1059.001" }], components: ["DC0032"] },
    { id: "AN3", platforms: ["Windows"], techniques: [{ id: "T1685" }], components: ["DC0078"] },
    { id: "AN4", platforms: ["Windows"], techniques: [{ id: "T1021" }], components: ["DC0078"] },
    { id: "AN5", platforms: ["Windows"], techniques: [{ id: "T1021" }], components: ["DC0032"] },
  ];
  const tagged = (id: string, tags: string[], more: Partial<RuleForLinks> = {}): RuleForLinks => ({ id, kind: "rule", tags, product: "windows", category: "process_creation", service: null, refusal: null, ...more });

  test("a technique in force is itself; one of another release is followed both ways; a circle ends", () => {
    expect(translateTechnique("T1059.001", index)).toEqual({ id: "T1059.001", techniques: ["T1059.001"], because: null });
    expect(translateTechnique("T1562.001", index)).toMatchObject({ techniques: ["T1685"], because: expect.stringContaining("revoked by T1685") });
    expect(translateTechnique("T9999", index)).toMatchObject({ techniques: ["T1021"], because: expect.stringContaining("newer release") });
    expect(translateTechnique("T1", index).techniques).toEqual([]);
    expect(techniqueOfTag("attack.T1059.001")).toBe("T1059.001");
    expect(techniqueOfTag("attack.g0016")).toBeNull();
  });

  test("a Windows rule is proposed for Windows alone, and unmapped tags are listed", () => {
    const { links, unmapped } = proposeLinks([tagged("r1", ["attack.t1059.001", "attack.execution"]), tagged("r2", ["attack.t1562.001", "attack.t7777"])], analytics, index);
    expect(links).toEqual([
      { rule: "r1", analytic: "AN1", because: "tag T1059.001" },
      { rule: "r2", analytic: "AN3", because: "tag T1562.001: T1562.001 was revoked by T1685" },
    ]);
    expect(unmapped).toEqual([{ tag: "T7777", rules: ["r2"] }]);
  });

  test("a network sensor's rule is proposed only where the analytic asks for what crosses the wire", () => {
    expect(proposeLinks([tagged("z", ["attack.t1021"], { product: "zeek", category: null, service: "smb_files" })], analytics, index).links.map(({ analytic }) => analytic)).toEqual(["AN4"]);
  });

  test("refused rules propose nothing, and rules without a platform are named", () => {
    const refusal = { line: 1, column: 1, message: "m", remedy: "r" };
    const { links, unplaced } = proposeLinks([tagged("r", ["attack.t1059.001"], { refusal }), tagged("app", ["attack.t1059.001"], { product: "django", category: "application" })], analytics, index);
    expect([links, unplaced]).toEqual([[], ["app"]]);
    expect(logsourcePlatforms({ product: "azure", category: null, service: "activitylogs" }).platforms).toEqual(["IaaS"]);
  });
});

function fail(): never {
  throw new Error("no document");
}
