"use client";
import { useRouter } from "next/navigation";
import type { GapJson } from "@/lib/gaps/gap-json";
import { EditGaps } from "./edit-gaps";
import type { GapActions } from "./gap-actions";

/** The button that changes the gap of this page. */
export function GapEditing({ gap, set }: { gap: GapJson; set: GapActions["set"] }) {
  const router = useRouter();
  const { state, closing, owner, due, reason, expires } = gap;
  return <EditGaps ids={[gap.id]} label="Edit" current={{ state, closing, owner, due, reason, expires }} set={set} onDone={() => router.refresh()} />;
}
