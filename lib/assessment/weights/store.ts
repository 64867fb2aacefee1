import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { digestOf } from "@/lib/shared/digest";
import { techniqueWeightsSchema, UNIFORM, weightSourceSchema, type WeightProfile, type WeightSource, type TechniqueWeights } from "./weight-profile";

/** Writes and reads WeightProfileVersion and WeightChoice: what techniques weigh, and which profile counts. Nothing else writes them. */

/** A profile with who wrote it, when and why. */
export interface WeightProfileRow extends WeightProfile {
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

const rowSchema = z
  .object({ name: z.string(), version: z.number(), source: weightSourceSchema, techniques: techniqueWeightsSchema, digest: z.string(), createdAt: z.date(), createdBy: z.string(), reason: z.string() })
  .transform(({ createdAt, createdBy, ...row }): WeightProfileRow => ({ ...row, at: createdAt.toISOString(), by: createdBy }));

/** Every version of every profile, by name, newest version first; the built-in one is not stored. */
export async function listWeightProfiles(db: Db | Tx): Promise<WeightProfileRow[]> {
  return z.array(rowSchema).parse(await db.weightProfileVersion.findMany({ orderBy: [{ name: "asc" }, { version: "desc" }] }));
}

/** A version of a profile, the newest when version is null; null when there is none. */
export async function findWeightProfile(db: Db | Tx, name: string, version: number | null): Promise<WeightProfileRow | null> {
  const row = await db.weightProfileVersion.findFirst({ where: { name, ...(version === null ? {} : { version }) }, orderBy: { version: "desc" } });
  return row === null ? null : rowSchema.parse(row);
}

/** Writes the next version of a profile. Two at once: the second fails on the key. @returns the version */
export async function insertWeightProfile(tx: Tx, profile: { readonly name: string; readonly source: WeightSource; readonly techniques: TechniqueWeights }, by: { readonly at: Date; readonly actor: string; readonly reason: string }): Promise<number> {
  const newest = await tx.weightProfileVersion.aggregate({ where: { name: profile.name }, _max: { version: true } });
  const version = (newest._max.version ?? 0) + 1;
  await tx.weightProfileVersion.create({ data: { ...profile, version, digest: digestOf(profile.techniques), createdAt: by.at, createdBy: by.actor, reason: by.reason } });
  return version;
}

export interface WeightChoiceRow {
  readonly name: string;
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

/** What was chosen, newest first; empty: nobody chose, so `uniform` counts. */
export async function listWeightChoices(db: Db | Tx): Promise<WeightChoiceRow[]> {
  const rows = await db.weightChoice.findMany({ orderBy: { seq: "desc" }, take: 100 });
  return rows.map(({ profile, version, at, by, reason }) => ({ name: profile, version, at: at.toISOString(), by, reason }));
}

/** From now on assessments pin this version. */
export async function insertWeightChoice(tx: Tx, choice: { readonly name: string; readonly version: number }, by: { readonly at: Date; readonly actor: string; readonly reason: string }): Promise<void> {
  await tx.weightChoice.create({ data: { profile: choice.name, version: choice.version, at: by.at, by: by.actor, reason: by.reason } });
}

/** The profile that the next assessment pins. */
export async function readWeightsInForce(db: Db | Tx): Promise<WeightProfile> {
  const [choice] = await db.weightChoice.findMany({ orderBy: { seq: "desc" }, take: 1 });
  if (choice === undefined || choice.profile === UNIFORM.name) return UNIFORM;
  const found = await findWeightProfile(db, choice.profile, choice.version);
  if (found === null) throw new Error(`weight profile ${choice.profile} ${choice.version} was chosen but is not there`);
  return found;
}
