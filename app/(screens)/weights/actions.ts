"use server";
import { actionResult, type ActionResult } from "@/app/_adapters/action-result";
import type { FileRequest, GroupRequest, Written } from "@/components/weights/new-profile";
import { chooseWeightProfile } from "@/lib/operations/choose-weight-profile";
import { importWeightProfile } from "@/lib/operations/import-weight-profile";
import { setWeightProfile } from "@/lib/operations/set-weight-profile";
import { readChoiceRequest, readFileRequest, readGroupRequest } from "./read-profile-requests";

/** Writes the next version of a profile from threat groups. */
export async function setProfileAction(request: GroupRequest): Promise<ActionResult<Written>> {
  return actionResult((ctx) => setWeightProfile(ctx, readGroupRequest(request)));
}

/** Writes the next version of a profile from a CSV. */
export async function importProfileAction(request: FileRequest): Promise<ActionResult<Written>> {
  return actionResult((ctx) => importWeightProfile(ctx, readFileRequest(request)));
}

/** Lets a version of a profile count from the next assessment on. */
export async function chooseProfileAction(request: { name: string; version: number; reason: string }): Promise<ActionResult<Written>> {
  return actionResult((ctx) => chooseWeightProfile(ctx, readChoiceRequest(request)));
}
