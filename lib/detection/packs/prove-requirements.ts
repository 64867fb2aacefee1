import { SeriesInterner } from "@/lib/events/intern-series";
import { joinResult, type JoinVerdict } from "@/lib/events/joins/join-result";
import { RecordView } from "@/lib/events/probes/record-view";
import type { ParsedRecord } from "@/lib/events/types";
import { joinIndexVisitor } from "@/lib/events/visitors/join-index";
import { isAbout } from "@/lib/telemetry/fill-shape";
import { kindId } from "@/lib/telemetry/record-kinds";
import type { FieldRequirement } from "@/lib/telemetry/types";
import { curatedJoins, curatedRequirements } from "./pack-requirements";
import type { Pack } from "./pack-schema";
import { readPackSample } from "./read-pack-sample";

/** What the samples of a test show of a pack's requirements. */
export interface ShownRequirements {
  readonly test: string;
  readonly requirements: readonly { readonly id: string; readonly critical: boolean; readonly filled: number; readonly short: number }[]; // records of accepted kinds, jointly filled or not
  readonly joins: readonly { readonly id: string; readonly verdict: JoinVerdict }[];
}

/**
 * Asks of each true positive what scoring would ask of a segment: whether records of accepted kinds with all their fields are
 * there, and whether the edges join. A pack whose attack does not meet its own requirements contradicts itself.
 */
export function proveRequirements(pack: Pack): readonly ShownRequirements[] {
  const read = new Map(pack.manifest.samples.map((sample) => [sample.file, readPackSample(pack, sample).records]));
  return pack.manifest.tests
    .filter(({ kind }) => kind === "true-positive")
    .map(({ name, samples }) => {
      const files = samples.map((file) => ({ dataset: file, records: read.get(file) ?? [] }));
      const records = files.flatMap((file) => file.records);
      const seen = [...new Set(records.map(({ kind }) => kindId(kind.family, kind.key)))];
      const indexes = files.map((file) => ({ dataset: file.dataset, index: indexOf(file.records) }));
      return {
        test: name,
        requirements: curatedRequirements(pack.manifest, seen).map(({ id, critical, accepts }) => {
          const wanted = new Map(accepts.map(({ kind, fields }) => [kind, fields]));
          const own = records.flatMap((record) => {
            const fields = wanted.get(kindId(record.kind.family, record.kind.key));
            return fields === undefined || !isAbout(fields.objects, record.objectClass ?? null) ? [] : [isFilled(record, fields)];
          });
          const filled = own.filter(Boolean).length;
          return { id, critical, filled, short: own.length - filled };
        }),
        joins: curatedJoins(pack.manifest, seen).map((edge) => ({ id: edge.id, verdict: joinResult(indexes, edge) })),
      };
    });
}

function indexOf(records: readonly ParsedRecord[]) {
  const view = new RecordView(new SeriesInterner());
  const visitor = joinIndexVisitor(view);
  return visitor.finish(records.reduce((state, record) => visitor.record(state, record, record.host ?? ""), visitor.start()));
}

function isFilled({ fields }: ParsedRecord, { required, anyOf }: FieldRequirement): boolean {
  return required.every((field) => fields[field] !== undefined) && anyOf.every((group) => group.some((field) => fields[field] !== undefined));
}
