import { describe, expect, test } from "vitest";
import { carriersOf } from "./carriers";
import { COMPONENTS } from "./component-index";
import { equivalenceClasses, membersOfClass } from "./equivalence";
import { FAMILIES } from "./family-of";
import { referenceDigest } from "./reference-digest";
import { resolveLogSource } from "./resolve-log-source";
import { hasBundle, readReferences, type Cited } from "./testing/read-references";
import reviewed from "./__fixtures__/reviewed-references.json";

/*
 * 200 references of the three domains, drawn by a hash of their place, at least one of each (domain, family, basis) and the
 * rest in proportion, were read one by one against what the sources really write. review "mended": the resolution was wrong
 * or too generous and was put right. Kinds are compared where the reference names them; free text accepts what the tables hold.
 */
describe("a reviewed sample of references", () => {
  const domains = ["enterprise", "mobile", "ics"] as const;
  const present = domains.every(hasBundle);
  const cited = new Map<string, Cited>(present ? domains.flatMap((domain) => readReferences(domain).map((item) => [`${domain} ${item.analytic}/${item.position}`, item] as const)) : []);

  test.skipIf(!present).each(reviewed)("$domain $at: $note", ({ domain, at, reference, platform, component, family, keys, basis, verdict, asCited }) => {
    const item = cited.get(`${domain} ${at}`);
    if (!item) throw new Error("the release cites it no more");
    const { ref } = item;
    expect([referenceDigest(ref.component.id, ref.name, ref.channel), ref.component.id, item.platform]).toEqual([reference, component, platform]);
    const resolution = resolveLogSource(ref, platform);
    expect({ family: resolution.family, keys: resolution.eventKeys.map(({ value }) => value), basis: resolution.basis, verdict: resolution.verdict }).toEqual({ family, keys, basis, verdict });
    if (basis !== "component") expect(resolution.accepts.flatMap(({ kind, met }) => (met === "as-cited" ? [kind] : []))).toEqual(asCited);
  });

  test("has 200 places of all three domains, and says how many were wrong", () => {
    expect(new Set(reviewed.map(({ domain, at }) => `${domain} ${at}`)).size).toBe(200);
    expect(new Set(reviewed.map(({ domain }) => domain))).toEqual(new Set(domains));
    const mended = reviewed.filter(({ review }) => review === "mended").length;
    console.log(`${mended} of ${reviewed.length} reviewed references were wrong or too generous before the review (${(100 * mended) / reviewed.length} %)`);
    expect(reviewed.filter(({ note }) => !/^.{10,}\.$/.test(note))).toEqual([]);
  });
});

describe("carriers", () => {
  const platforms = [...new Set(FAMILIES.flatMap((family) => family.platforms))].filter((name) => name !== "None").concat("PRE");

  test("every component has record kinds on every platform, or a reason why there is none, with its source", () => {
    const silent = COMPONENTS.flatMap(({ id, name }) =>
      [...platforms, null].flatMap((platform) => {
        const { kinds, none } = carriersOf(id, platform);
        return kinds.length > 0 || (none !== undefined && none.reason !== "" && none.source !== "") ? [] : [`${id} ${name} on ${platform ?? "any"}`];
      }),
    );
    expect([...new Set(silent)]).toEqual([]);
  });
});

describe("equivalence classes", () => {
  // Acts that stand close and are not the same: no record may report both in one component.
  const APART: readonly (readonly [string, string])[] = [
    ["windows-security:4738", "windows-security:4728"], // an account changed, a member added to a group
    ["windows-security:4624", "windows-security:4625"], // a logon, a failed logon
    ["windows-security:4720", "windows-security:4726"],
    ["windows-security:4728", "windows-security:4729"],
    ["windows-security:4768", "windows-security:4769"],
    ["windows-security:4698", "windows-security:4699"],
    ["windows-sysmon:1", "windows-sysmon:5"],
    ["windows-sysmon:11", "windows-sysmon:2"],
    ["windows-sysmon:12", "windows-sysmon:13"],
    ["windows-sysmon:3", "windows-sysmon:22"],
    ["linux-auditd:execve", "linux-auditd:USER_CMD"], // a program started, sudo asked to start one
    ["linux-auditd:fork", "linux-auditd:execve"],
    ["macos-esf:exec", "macos-esf:fork"],
    ["macos-esf:create", "macos-esf:unlink"],
    ["macos-esf:od_group_add", "macos-esf:od_attribute_set"],
    ["macos-esf:login_login", "macos-esf:login_logout"],
    ["aws-cloudtrail:AssumeRole", "aws-cloudtrail:ConsoleLogin"],
    ["windows-security:4722", "windows-security:4725"], // enabled, disabled
    ["windows-security:4740", "windows-security:4767"], // locked, unlocked
    ["windows-security:4704", "windows-security:4705"],
    ["windows-security:4723", "windows-security:4724"], // changed by its owner, reset by another
    ["windows-security:4800", "windows-security:4801"],
    ["windows-security:4778", "windows-security:4779"],
    ["windows-security:4700", "windows-security:4701"],
    ["windows-security:4946", "windows-security:4948"],
    ["windows-system:7031", "windows-system:7036"],
    ["macos-esf:od_enable_user", "macos-esf:od_disable_user"],
    ["macos-esf:screensharing_attach", "macos-esf:screensharing_detach"],
    ["aws-cloudtrail:AssumeRole", "aws-cloudtrail:AssumeRoleWithSAML"],
    ["aws-cloudtrail:AttachUserPolicy", "aws-cloudtrail:AttachRolePolicy"],
    ["aws-cloudtrail:AuthorizeSecurityGroupIngress", "aws-cloudtrail:AuthorizeSecurityGroupEgress"],
    ["nsm-zeek:dns", "nsm-zeek:ssl"],
    ["nsm-zeek:dns", "nsm-zeek:http"],
  ];

  test.each(APART)("%s and %s are never one act", (a, b) => {
    expect(equivalenceClasses().filter((name) => membersOfClass(name).includes(a) && membersOfClass(name).includes(b))).toEqual([]);
  });

  test("hold records of more than one source wherever more than one tells the act", () => {
    const lone = equivalenceClasses().filter((name) => membersOfClass(name).length === 1);
    console.log(`${equivalenceClasses().length} equivalence classes, ${lone.length} with a single record kind`);
    expect(equivalenceClasses().length).toBeGreaterThan(120);
    expect(lone.length * 2).toBeLessThan(equivalenceClasses().length);
  });
});
