import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assess } from "./assess";
import type { AggregateInput, ScoringInput } from "./scoring-input";
import type { CellResult } from "./scoring-result";
import { statusRank } from "./status";
import { AT, fromHosts, makeClaim, makeInput, makeRecords } from "./testing/make-input";
import { aggregate, scoringInput } from "./testing/scoring-input-arbitrary";

const [OURS, ANOTHER, UNKNOWN, EMPTY_OURS, HIDDEN] = [0, 1, 2, 3, 4];
const shapes = [["@inet-socket", "cmd", "host", "ts"], ["@unix-socket", "cmd", "host", "ts"], ["host", "ts"], ["@inet-socket", "host", "ts"], ["host", "ts", "~cmd"]];
const fieldSets = [{ required: ["cmd"], anyOf: [], objects: ["inet-socket"] }];

function lineOf(changes: Partial<Omit<ScoringInput, "policy">>) {
  const result = assess(makeInput({ shapes, fieldSets, ...changes }));
  const cell = result.cells[0];
  const line = result.requirements[result.details[cell?.detail ?? -1]?.requirements[0] ?? -1];
  return { status: cell?.status, flags: cell?.flags, best: line?.alternatives[line.best] };
}

describe("record kinds that serve several classes of object", () => {
  test("records that state another class count neither for the component nor against it", () => {
    const { status, best } = lineOf({ aggregates: [...fromHosts(10, { shape: OURS }), makeRecords("h1", 5_000, { shape: ANOTHER })] });
    expect(status).toBe("observed");
    expect(best).toMatchObject({ records: 10, hosts: 10 });
  });

  test("records that state no class stay in the denominator", () => {
    const { status, best } = lineOf({ aggregates: [...fromHosts(10, { shape: OURS }), makeRecords("h1", 5_000, { shape: UNKNOWN })] });
    expect(status).toBe("blind");
    expect(best?.why.code).toBe("field-empty");
  });

  test("an empty field in a record of the class counts against it", () => {
    expect(lineOf({ aggregates: [...fromHosts(10, { shape: OURS }), makeRecords("h1", 5, { shape: EMPTY_OURS })] }).status).toBe("blind");
  });

  test("records about other objects alone prove nothing, and the reason says what they are about", () => {
    const { status, flags, best } = lineOf({ aggregates: fromHosts(10, { shape: ANOTHER }) });
    expect([status, flags]).toEqual(["blind", []]);
    expect(best).toMatchObject({ kind: null, records: 0, why: { code: "key-never-seen", text: "Fresh records of macos-esf:exec are about unix-socket; none is about inet-socket." } });
  });

  test("1,000 fresh records about other objects contradict a claim; one that may be about ours does not let them", () => {
    const aggregates = [makeRecords("h1", 1_000, { shape: ANOTHER })];
    expect(lineOf({ claims: [makeClaim()], aggregates })).toMatchObject({ status: "declared", flags: ["contradicted"] });
    expect(lineOf({ claims: [makeClaim()], aggregates: [...aggregates, makeRecords("h2", 1, { shape: UNKNOWN })] }).flags).not.toContain("contradicted");
  });

  test("another component of the same records is judged by its own classes", () => {
    const acceptSets = [[{ kind: "macos-esf:exec", met: "as-cited" as const, fields: 1 }]];
    const sets = [...fieldSets, { required: ["cmd"], anyOf: [], objects: ["unix-socket"] }];
    expect(lineOf({ fieldSets: sets, acceptSets, aggregates: fromHosts(10, { shape: ANOTHER }) }).status).toBe("observed");
    expect(lineOf({ fieldSets: sets, acceptSets, aggregates: fromHosts(10, { shape: OURS }) }).status).toBe("blind");
  });
});

describe("values that the source hid", () => {
  test("are not filled, and the reason says so with the numbers", () => {
    const { status, best } = lineOf({ aggregates: [...fromHosts(10, { shape: OURS }), makeRecords("h1", 90, { shape: HIDDEN })] });
    expect(status).toBe("blind");
    expect(best?.why).toEqual({ code: "redacted", text: "10 of 100 fresh records of macos-esf:exec fill every required field (cmd in 10, redacted in 90); 95 % are needed." });
  });

  test("the reason is an empty field where half of the short records or more are simply empty", () => {
    const { best } = lineOf({ aggregates: [makeRecords("h1", 50, { shape: HIDDEN }), makeRecords("h1", 50, { shape: UNKNOWN })] });
    expect(best?.why).toEqual({ code: "field-empty", text: "0 of 100 fresh records of macos-esf:exec fill every required field (cmd in 0, redacted in 50); 95 % are needed." });
  });
});

/** The shared input with every field set asking for one class, and shapes that state none, that one or another. */
function classed(input: ScoringInput): ScoringInput {
  const full = ["cmd", "host", "pid", "ts", "user"];
  return { ...input, shapes: [full, ["@ours", ...full], ["@another", ...full], ["ts"], ["@ours", "ts"], ["@another", "ts"]], fieldSets: input.fieldSets.map((set) => ({ ...set, objects: ["ours"] })) };
}

const cellsOf = (input: ScoringInput) => new Map(assess(input).cells.map((cell) => [`${cell.analytic} ${cell.segment}`, cell]));
const withMore = fc.tuple(scoringInput, fc.nat(5)).chain(([input, turn]) => {
  const given = { ...classed(input), aggregates: input.aggregates.map((row, index) => ({ ...row, shape: (row.shape + turn + index) % 6 })) };
  return fc.tuple(fc.constant(given), fc.array(aggregate(input.segments.map(({ id }) => id)), { minLength: 1, maxLength: 6 }));
});

/** Families stay silent or not, and unlisted hosts of mixed segments keep their platforms: what more records may rightly change beside proof. */
const plain = ([input, more]: [ScoringInput, AggregateInput[]]): [ScoringInput, AggregateInput[]] => [{ ...input, measurements: [], claims: input.claims.filter((claim) => claim.hosts !== 0), kindPlatforms: {} }, more];

describe("properties of object classes", () => {
  test("records of another class change no status, score, reach or lower bound", () => {
    fc.assert(
      fc.property(withMore.map(plain), ([input, more]) => {
        const after = cellsOf({ ...input, aggregates: [...input.aggregates, ...more.map((row, index) => ({ ...row, shape: index % 2 === 0 ? 2 : 5 }))] });
        const say = (cell: CellResult | undefined) => cell && [cell.status, cell.score, cell.reach, cell.lower];
        for (const [name, cell] of cellsOf(input)) expect(say(after.get(name)), name).toEqual(say(cell));
      }),
      { numRuns: 300 },
    );
  });

  test("records of unknown class with empty fields never improve a cell", () => {
    fc.assert(
      fc.property(withMore.map(plain), ([input, more]) => {
        const asked = { ...input, fieldSets: input.fieldSets.map((set) => ({ ...set, required: ["cmd", "ts"] })) };
        const after = cellsOf({ ...asked, aggregates: [...asked.aggregates, ...more.map((row) => ({ ...row, shape: 3, freshLast: row.fresh > 0 ? AT : null }))] });
        for (const [name, cell] of cellsOf(asked)) {
          const later = after.get(name);
          expect(statusRank(later?.status ?? "validated"), name).toBeLessThanOrEqual(statusRank(cell.status));
          expect(later?.score ?? 0, name).toBeLessThanOrEqual(cell.score ?? 0);
          expect(later?.lower ?? 0, name).toBeLessThanOrEqual(cell.lower);
        }
      }),
      { numRuns: 300 },
    );
  });
});
