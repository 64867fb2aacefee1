import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answerAtTheDoor, isLoopbackAddress, sameToken, type DoorRequest } from "./loopback-door";

const read = (host: string | null): DoorRequest => ({ method: "GET", host, origin: null, fetchSite: null });
const change = (origin: string | null, fetchSite: string | null = null): DoorRequest => ({ method: "POST", host: "127.0.0.1:3000", origin, fetchSite });

describe("the door before accounts", () => {
  test.each(["127.0.0.1:3000", "localhost:3000", "[::1]:3000", "LOCALHOST:3000"])("a page asked for as %s is served", (host) => {
    expect(answerAtTheDoor(read(host), 3000).open).toBe(true);
  });

  test.each([null, "", "127.0.0.1", "127.0.0.1:3001", "evil.example:3000", "127.0.0.1.evil.example:3000", "0.0.0.0:3000", "127.0.0.1:3000.evil.example"])(
    "a request whose Host is %s is misdirected (421)",
    (host) => {
      expect(answerAtTheDoor(read(host), 3000)).toMatchObject({ open: false, status: 421 });
    },
  );

  test("a change from this server's own page passes", () => {
    expect(answerAtTheDoor(change("http://127.0.0.1:3000"), 3000).open).toBe(true);
  });

  test.each(["http://evil.example", "http://127.0.0.1:3001", "https://127.0.0.1:3000", "http://localhost:3000", "null"])("a change from %s is refused (403)", (origin) => {
    expect(answerAtTheDoor(change(origin), 3000)).toMatchObject({ open: false, status: 403 });
  });

  test("a change without an Origin passes for a program that brings a token, a change from another page never does", () => {
    expect(answerAtTheDoor({ ...change(null), bearer: true }, 3000).open).toBe(true);
    expect(answerAtTheDoor({ ...change("http://evil.example"), bearer: true }, 3000)).toMatchObject({ open: false, status: 403 });
  });

  test("a change without an Origin passes only when the browser vouches for the same origin", () => {
    expect(answerAtTheDoor(change(null), 3000)).toMatchObject({ open: false, status: 403 });
    expect(answerAtTheDoor(change(null, "cross-site"), 3000)).toMatchObject({ open: false, status: 403 });
    expect(answerAtTheDoor(change(null, "same-origin"), 3000).open).toBe(true);
  });

  test("no Host but the three loopback names with the served port ever passes", () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 65_535 }), (host, port) => {
        const answer = answerAtTheDoor(read(host), port);
        const name = host.trim().toLowerCase();
        const allowed = ["127.0.0.1", "localhost", "[::1]"].some((good) => name === `${good}:${port}` || (port === 80 && name === good));
        expect(answer.open).toBe(allowed);
      }),
    );
  });

  test("only loopback addresses may be bound", () => {
    for (const good of ["127.0.0.1", "127.1.2.3", "localhost", "::1"]) expect(isLoopbackAddress(good)).toBe(true);
    for (const bad of ["0.0.0.0", "::", "10.0.0.1", "192.168.1.4", "example.test", "127.0.0.1.example.test", ""]) expect(isLoopbackAddress(bad)).toBe(false);
  });

  test("a start token opens only when it is the same, and an empty one never does", () => {
    expect(sameToken("abc", "abc")).toBe(true);
    for (const wrong of ["abd", "ab", "abcd", "", null, undefined]) expect(sameToken(wrong, "abc")).toBe(false);
    expect(sameToken("", "")).toBe(false);
  });
});
