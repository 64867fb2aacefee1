import type { CellJson } from "@/lib/assessment/cell-json";
import { counted, formatCount } from "@/lib/shared/format-number";
import { formatPercent } from "@/lib/shared/format-share";
import { type Sentence, strong } from "./sentence";

const TITLES: Readonly<Record<CellJson["status"], (segment: string) => string>> = {
  validated: (segment) => `Tested, on ${segment}`,
  observed: (segment) => `It could be seen, on ${segment}`,
  partial: (segment) => `Not the whole chain, on ${segment}`,
  declared: (segment) => `Only claimed, on ${segment}`,
  blind: (segment) => `It could not be seen, on ${segment}`,
  unassessable: (segment) => `It cannot be assessed, on ${segment}`,
  "not-applicable": (segment) => `It does not apply to ${segment}`,
};

/** The answer first: a title and a paragraph made of the cell alone. True at every status. */
export function analyticVerdict(cell: CellJson, segment: string): { title: string; say: Sentence } {
  const title = cell.status === "partial" && cell.flags.includes("unjoinable") ? `Every record, but no chain, on ${segment}` : TITLES[cell.status](segment);
  return { title, say: [...say(cell), ...aside(cell)] };
}

function say(cell: CellJson): Sentence {
  const critical = cell.requirements.filter((requirement) => requirement.critical);
  const proven = critical.filter((requirement) => requirement.met !== null);
  const open = critical.filter((requirement) => requirement.met === null);
  const kind = critical.length < cell.requirements.length ? "critical requirement" : "requirement"; // the chain below shows the others too
  const all = `all ${critical.length} ${kind}s`;
  switch (cell.status) {
    case "not-applicable":
    case "unassessable":
      return [cell.reason || "There is nothing to require."];
    case "validated":
    case "observed": {
      const few = [...critical].sort((a, b) => a.hosts - b.hosts)[0];
      return [
        "Fresh records prove ",
        strong(critical.length === 1 ? `its one ${kind}` : all),
        few ? [`, the scarcest (${few.component.name}) on `, `${formatCount(few.hosts)} of ${formatCount(few.hostsTotal)} hosts`].join("") : "",
        `; reach ${formatPercent(cell.reach)}. `,
        cell.status === "validated" ? `${cell.matchedIn === "siem" ? "An alert of a linked rule, raised by the SIEM," : "A linked rule, run in Sightline's engine,"} met the attack sample and none the benign one. ` : "",
        ...validation(cell),
      ];
    }
    case "partial":
      if (open.length === 0) {
        const broken = cell.joins?.find((join) => join.state !== "joined");
        const each = strong(critical.length === 1 ? `The one ${kind}` : capitalised(all));
        const verb = critical.length === 1 ? "is" : "are";
        if (broken?.state === "not-computed") return [each, ` ${verb} proven, but nobody knows whether their records belong together (${broken.edge}): `, `${broken.because ?? "it was not computed"}.`];
        return [each, ` ${verb} proven, but the records do not join`, broken === undefined ? "." : ` (${broken.edge}): ${broken.because ?? "no keys are equal"}.`];
      }
      return ["Fresh records prove ", strong(`${proven.length} of ${critical.length} ${kind}s`), ": ", proven.map((requirement) => `${requirement.component.name} on ${formatCount(requirement.hosts)} of ${formatCount(requirement.hostsTotal)} hosts`).join(", "), ". ", ...missing(open)];
    case "declared":
      return ["Nothing is proven. ", strong(critical.length === 1 ? `Its one ${kind} is claimed` : `${capitalised(all)} are claimed`), ` by ${[...new Set(critical.map((requirement) => requirement.evidence))].join(" and ")}; sample events would prove or refute it. `, ...missing(open.slice(0, 1))];
    case "blind":
      return ["None of ", strong(counted(critical.length, kind)), " is proven and not every one is claimed. ", ...missing(open)];
  }
}

function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** What its tests say: since when and until when, or what withdrew it and when. */
function validation(cell: CellJson): Sentence {
  const { validation: found } = cell;
  if (found === undefined) return cell.status === "validated" ? [] : ["No test of a rule here is on record."];
  return found.state === "withdrawn" ? [strong("Validation was withdrawn"), found.text.replace(/^Validation was withdrawn/, "")] : [found.text];
}

/** A test that passes validates nothing where not every requirement is proven: said, so that nobody looks for the fault in the test. */
function aside({ status, validation: found }: CellJson): Sentence {
  if (found?.state !== "valid" || status === "validated" || status === "observed") return [];
  return [" A linked rule met the attack sample of a test here; that validates only where the whole of it is proven."];
}

function missing(open: CellJson["requirements"]): Sentence {
  const [first, ...rest] = open;
  if (!first) return [];
  return [strong(first.component.name), `: ${sentence(first.why)}`, rest.length > 0 ? ` ${listed(rest.map((requirement) => requirement.component.name))} ${rest.length === 1 ? "falls" : "fall"} short too.` : ""];
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
