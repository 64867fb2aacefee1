import { z } from "zod";
import type { SegmentFields } from "@/components/segments/segment-form";
import type { TargetFields } from "@/components/segments/target-form";

const number = (text: string): number => (text.trim() === "" ? 0 : Number(text.trim()));
const list = (text: string): string[] =>
  text
    .split(";")
    .map((item) => item.trim())
    .filter((item) => item !== "");

/** The texts of the form as the operation's form; what is no number stays NaN, which the operation refuses by name. */
export function readSegmentFields(fields: SegmentFields) {
  return {
    name: fields.name,
    platforms: list(fields.platforms).map((entry) => {
      const [name = "", hosts] = entry.split("=");
      return { name: name.trim(), hosts: hosts === undefined ? null : number(hosts) };
    }),
    assets: number(fields.assets),
    criticality: number(fields.criticality),
    owner: fields.owner,
    tags: list(fields.tags),
    timeZone: fields.timeZone.trim() || null,
    target: fields.target.trim() === "" ? null : { value: Math.round(number(fields.target) * 10_000), date: fields.targetDate || null, owner: fields.targetOwner },
  };
}

const targetFields = z.object({ share: z.string().max(40), date: z.string().max(40), owner: z.string().max(1_000), reason: z.string().max(5_000) });

/** The texts of the form of a target; no share takes the target away. */
export function readTargetFields(fields: TargetFields) {
  const { share, date, owner, reason } = targetFields.parse(fields);
  return { reason, target: share.trim() === "" ? null : { value: Math.round(number(share.replace(",", ".")) * 10_000), date: date.trim() || null, owner } };
}
