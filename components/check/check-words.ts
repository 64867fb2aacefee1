import type { LucideIcon } from "lucide-react";
import { Ban, CircleCheck, CircleDashed, Clock, Dot, EyeOff, Minus, Unlink } from "lucide-react";
import type { ShownState } from "@/lib/reports/rule-check-view";

/** Word, glyph and tone of what a rule can do in a segment; the glyph tells them apart without colour. */
export const CHECK_LOOK: Readonly<Record<ShownState, { readonly word: string; readonly icon: LucideIcon; readonly className: string }>> = {
  "can-fire": { word: "can fire", icon: CircleCheck, className: "text-accent" },
  stale: { word: "could fire, records no longer fresh", icon: Clock, className: "text-attn" },
  "field-empty": { word: "field empty", icon: CircleDashed, className: "text-attn" },
  "field-unmapped": { word: "field unmapped", icon: Unlink, className: "text-attn" },
  "key-never-seen": { word: "event never seen", icon: EyeOff, className: "text-ink-2" },
  "no-source": { word: "no source", icon: Minus, className: "text-ink-2" },
  refused: { word: "refused", icon: Ban, className: "text-attn" },
  "other-platform": { word: "other platform", icon: Dot, className: "text-ink-3" },
};

export const CHANGE_WORDS: Readonly<Record<string, string>> = { silent: "became silent", woke: "can fire now", other: "changed otherwise", same: "as before" };
