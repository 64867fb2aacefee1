import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bulkInsert } from "./bulk-insert";
import { startTestDatabase, type TestDatabase } from "./testing/test-database";
import { withTransaction } from "./with-transaction";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const COLUMNS = [
  { name: "digest", type: "text" },
  { name: "bytes", type: "bigint" },
  { name: "name", type: "text" },
  { name: "storedAt", type: "timestamp(3)" },
];
const at = new Date("2026-11-21T03:04:05.678Z");

describe("bulk insert", () => {
  test("text, big integers and times come back as they were, in more than one batch", async () => {
    const rows = Array.from({ length: 12_345 }, (_, i) => ({ digest: `row-${i}`, bytes: 2n ** 60n + BigInt(i), name: `"quoted" \\ ${i}`, storedAt: at }));
    expect(await bulkInsert(database.db, "KeptFile", COLUMNS, rows)).toBe(12_345);
    expect(await database.db.keptFile.findUnique({ where: { digest: "row-12344" } })).toEqual({ digest: "row-12344", bytes: 2n ** 60n + 12_344n, name: '"quoted" \\ 12344', storedAt: at });
  });

  test("rows that are there already take the new values of the columns that are named, and no others", async () => {
    const first = [{ digest: "again-1", bytes: 1n, name: "old", storedAt: at }];
    await bulkInsert(database.db, "KeptFile", COLUMNS, first);
    const onConflict = { target: ["digest"], set: ["name"] };
    expect(await bulkInsert(database.db, "KeptFile", COLUMNS, [{ ...first[0], bytes: 9n, name: "new" }, { digest: "again-2", bytes: 2n, name: "other", storedAt: at }], { onConflict })).toBe(2);
    expect(await database.db.keptFile.findUnique({ where: { digest: "again-1" } })).toEqual({ digest: "again-1", bytes: 1n, name: "new", storedAt: at });
    expect(await database.db.keptFile.count({ where: { digest: { in: ["again-1", "again-2"] } } })).toBe(2);
  });

  test("any text is stored; only U+0000 and halves of surrogate pairs become U+FFFD", async () => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("a\0b", "\ud800x", "\\u0000", "\\\\ud800")), async (name) => {
        const digest = `text-${n++}`;
        await bulkInsert(database.db, "KeptFile", COLUMNS, [{ digest, bytes: 1n, name, storedAt: at }]);
        const found = await database.db.keptFile.findUnique({ where: { digest } });
        expect(found?.name).toBe(name.toWellFormed().replaceAll("\0", "\ufffd"));
      }),
      { numRuns: 80 },
    );
  });

  test("bytes, arrays, JSON and NULL", async () => {
    await bulkInsert(database.db, "FillShape", [{ name: "digest", type: "text" }, { name: "fields", type: "text[]" }], [{ digest: "shape", fields: ["host", "a,b", "{}"] }]);
    expect((await database.db.fillShape.findUnique({ where: { digest: "shape" } }))?.fields).toEqual(["host", "a,b", "{}"]);
    await bulkInsert(database.db, "Setting", [{ name: "key", type: "text" }, { name: "value", type: "jsonb" }], [{ key: "k", value: { nested: ["a\0", 1] } }]);
    expect((await database.db.setting.findUnique({ where: { key: "k" } }))?.value).toEqual({ nested: ["a\ufffd", 1] });
    const bytes = Buffer.from([0, 255, 1, 92]);
    const found = await database.db.$queryRawUnsafe<{ b: Uint8Array }[]>("select b from jsonb_to_recordset($1::jsonb) as r(b bytea)", JSON.stringify([{ b: `\\x${bytes.toString("hex")}` }]));
    expect(Buffer.from(found[0]?.b ?? []).equals(bytes)).toBe(true);
  });

  test("existing rows are left alone when asked, and are an error otherwise, with nothing of the transaction kept", async () => {
    const row = { digest: "twice", bytes: 1n, name: "first", storedAt: at };
    expect(await bulkInsert(database.db, "KeptFile", COLUMNS, [row])).toBe(1);
    expect(await bulkInsert(database.db, "KeptFile", COLUMNS, [{ ...row, name: "second" }], { onConflict: "nothing" })).toBe(0);
    await expect(
      withTransaction(database.db, async (tx) => {
        await bulkInsert(tx, "KeptFile", COLUMNS, [{ ...row, digest: "new" }]);
        await withTransaction(tx, (inner) => bulkInsert(inner, "KeptFile", COLUMNS, [row]));
      }),
    ).rejects.toThrow();
    expect(await database.db.keptFile.findUnique({ where: { digest: "new" } })).toBeNull();
  });
});
