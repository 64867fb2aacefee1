import { SightlineError } from "@/lib/shared/errors";
import { releaseNumbers } from "./compare-releases";
import type { ParsedBundle } from "./parse-stix-bundle";
import { DOMAINS, type Domain, type Snapshot } from "./types";

export interface BundleIdentity {
  readonly domain: Domain;
  readonly release: string;
  readonly releaseFrom: Snapshot["releaseFrom"];
  readonly detectOnly: boolean;
}

/** Types that a detection-only subset leaves out; relationships among them go with them. */
const BEYOND_DETECTION = new Set(["intrusion-set", "malware", "tool", "campaign", "course-of-action"]);

/**
 * Which domain and release a bundle is. Release: from its x-mitre-collection, else as given by the user, else from a file
 * name such as enterprise-attack-19.1.json. Domain: the one that most of its analytics, strategies and techniques name.
 *
 * @throws SightlineError when neither is known, or when the bundle and the user name different releases.
 */
export function identifyBundle(bundle: ParsedBundle, fileName: string, wanted: string | undefined): BundleIdentity {
  const file = fileName;
  if (bundle.analytics.length + bundle.techniques.length + bundle.strategies.length === 0) {
    throw new SightlineError("INVALID", `the bundle is STIX, but none of its ${bundle.objects.length} objects is a technique, strategy or analytic of ATT&CK.`, { file });
  }
  return { domain: domainOf(bundle, fileName), ...releaseOf(bundle, fileName, wanted), detectOnly: !bundle.objects.some((object) => BEYOND_DETECTION.has(object.type)) };
}

function domainOf(bundle: ParsedBundle, file: string): Domain {
  const votes = new Map<Domain, number>(DOMAINS.map((domain) => [domain, 0]));
  for (const object of [...bundle.analytics, ...bundle.strategies, ...bundle.techniques]) {
    for (const domain of DOMAINS) if (object.x_mitre_domains.includes(`${domain}-attack`)) votes.set(domain, (votes.get(domain) ?? 0) + 1);
  }
  const [first] = [...votes].sort(([, a], [, b]) => b - a);
  if (first !== undefined && first[1] > 0) return first[0];
  const named = DOMAINS.find((domain) => file.toLowerCase().includes(`${domain}-attack`));
  if (named !== undefined) return named;
  throw new SightlineError("INVALID", "neither the objects nor the file name say whether this is enterprise, mobile or ics.", { file, remedy: "Name the file like enterprise-attack-19.1.json." });
}

function releaseOf(bundle: ParsedBundle, file: string, wanted: string | undefined): Pick<BundleIdentity, "release" | "releaseFrom"> {
  if (wanted !== undefined && releaseNumbers(wanted) === null) {
    throw new SightlineError("INVALID", `"${wanted}" is not a release number.`, { field: "release", remedy: "Give it like 19.1." });
  }
  const collected = [...new Set(bundle.releases.map((release) => release.trim()))].filter((release) => releaseNumbers(release) !== null);
  if (collected.length > 1) throw new SightlineError("INVALID", `the bundle holds collections of several releases: ${collected.join(", ")}.`, { file });
  const [own] = collected;
  if (own !== undefined && wanted !== undefined && own !== wanted) {
    throw new SightlineError("INVALID", `the bundle says that it is release ${own}, not ${wanted}.`, { file, field: "release", remedy: "Leave the release out." });
  }
  if (own !== undefined) return { release: own, releaseFrom: "collection" };
  if (wanted !== undefined) return { release: wanted, releaseFrom: "option" };
  const named = /(?:^|[^0-9.])v?(\d{1,3}\.\d{1,3})(?!\.?[0-9])/.exec(file.replace(/stix-?2\.?[01]/gi, ""))?.[1];
  if (named !== undefined) return { release: named, releaseFrom: "file-name" };
  throw new SightlineError("INVALID", "the bundle does not say which release it is, and neither does the file name.", { file, field: "release", remedy: "Say which (--release 19.1)." });
}
