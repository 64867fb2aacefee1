import { describe, expect, test } from "vitest";
import { errorSentence } from "./errors";
import { lostDatabase } from "./lost-database";

/** As Prisma and its driver threw them when the server was stopped, killed, or away (watch-process.db.test.ts meets them for real). */
const thrown = (message: string, more: object = {}): Error => Object.assign(new Error(message), more);
const adapter = (cause: object) => ({ name: "PrismaClientKnownRequestError", code: "P2010", meta: { driverAdapterError: { name: "DriverAdapterError", cause } } });

describe("a database that went away in the middle", () => {
  test.each([
    ["ended by its administrator", thrown("Raw query failed", adapter({ originalCode: "57P01", kind: "postgres" }))],
    ["not to be reached, raw", thrown("Raw query failed. Code: `N/A`.", adapter({ kind: "DatabaseNotReachable" }))],
    ["not to be reached", thrown("Can't reach database server", { name: "PrismaClientKnownRequestError", code: "P1001" })],
    ["killed", thrown("Connection terminated unexpectedly")],
    ["killed between two statements of a transaction", thrown("Client has encountered a connection error and is not queryable")],
    ["without its socket", thrown("connect ENOENT /x/pg-socket/.s.PGSQL.5432", { code: "ENOENT", syscall: "connect" })],
    ["refusing, seen through Prisma", thrown("connect ECONNREFUSED 127.0.0.1:5432", { name: "PrismaClientKnownRequestError", code: "ECONNREFUSED" })],
  ])("%s is told in words with what to do", (_, error) => {
    expect(errorSentence(error)).toBe("the database went away in the middle of this");
    expect(lostDatabase(error)?.remedy).toMatch(/do it again\.$/);
  });

  test.each([
    ["a file that is missing", thrown("open ENOENT", { code: "ENOENT", syscall: "open", path: "/x" })],
    ["a web server that refuses", thrown("connect ECONNREFUSED 192.0.2.1:443", { code: "ECONNREFUSED", syscall: "connect" })],
    ["a row that is there already", thrown("Unique constraint failed", { name: "PrismaClientKnownRequestError", code: "P2002" })],
    ["a query that is wrong", thrown("Raw query failed", adapter({ originalCode: "42601", kind: "postgres" }))],
    ["a defect", new TypeError("x is not a function")],
    ["no error at all", "Connection terminated"],
  ])("is not told from %s", (_, error) => {
    expect(lostDatabase(error)).toBeNull();
  });
});
