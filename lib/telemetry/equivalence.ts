import { z } from "zod";
import { baseKind } from "./stated-platform";
import type { RecordKindId } from "./types";
import table from "./tables/equivalence.json";
import sensors from "./tables/equivalence-edr.json";

/*
 * Classes of record kinds that report the same act, per data component: whichever of them arrives, the analytic sees the
 * same thing happen. Curated by hand: another event of the same log is not an equivalent (a changed account, 4738, is not a
 * new group member, 4728), and a raw read of a disk is not the opening of a file. A kind may stand in two classes of one
 * component where its event number does not tell them apart (a Zeek connection has both ends). What endpoint sensors of
 * vendors and normalised schemas add to the classes stands in a table of its own.
 */
const Row = z.object({ component: z.string(), class: z.string(), kinds: z.array(z.string()).nonempty() });

const CLASSES_OF = new Map<string, string[]>(); // "DC0032 windows-sysmon:1" -> class names
const MEMBERS = new Map<string, readonly RecordKindId[]>(); // "DC0032/process-start" -> kinds

for (const row of z.array(Row).parse([...table, ...sensors])) {
  const component = row.component.slice(0, "DC0000".length);
  const name = `${component}/${row.class}`;
  MEMBERS.set(name, [...(MEMBERS.get(name) ?? []), ...row.kinds]);
  for (const kind of row.kinds) {
    const at = `${component} ${kind}`;
    CLASSES_OF.set(at, [...(CLASSES_OF.get(at) ?? []), name]);
  }
}

/** The class of a kind for a component ("DC0032/process-start"), or null when nothing else reports the same act. The first, where there are two. */
export function equivalenceClassOf(kind: RecordKindId, componentId: string): string | null {
  return equivalenceClassesOf(kind, componentId)[0] ?? null;
}

/** All classes of a kind for a component; mostly none or one. */
export function equivalenceClassesOf(kind: RecordKindId, componentId: string): readonly string[] {
  return CLASSES_OF.get(`${componentId} ${baseKind(kind)}`) ?? [];
}

/** The kinds of a class, in the table's order. */
export function membersOfClass(name: string): readonly RecordKindId[] {
  return MEMBERS.get(name) ?? [];
}

/** Every class, as "DC0032/process-start". */
export function equivalenceClasses(): readonly string[] {
  return [...MEMBERS.keys()];
}
