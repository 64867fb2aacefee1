import type { Metadata } from "next";
import { pageData } from "@/app/_adapters/page-data";
import { WeightsPage } from "@/components/weights/weights-page";
import { getWeightsView } from "@/lib/operations/get-weights-view";
import { readChoice, type SearchParams } from "../read-choice";
import { chooseProfileAction, importProfileAction, setProfileAction } from "./actions";

export const metadata: Metadata = { title: "Weights" };

export default async function WeightsRoute({ searchParams }: { searchParams: SearchParams }) {
  const [{ assessment }, { profile, version }] = await Promise.all([readChoice(searchParams), searchParams]);
  const number = typeof version === "string" ? Number(version) : null;
  const view = await pageData((ctx) => getWeightsView(ctx, { profile: typeof profile === "string" && profile !== "" ? profile : null, version: number === null ? null : Number.isSafeInteger(number) && number > 0 && number < 2 ** 31 ? number : -1, assessment }));
  return <WeightsPage view={view} actions={{ set: setProfileAction, importFile: importProfileAction, choose: chooseProfileAction }} />;
}
