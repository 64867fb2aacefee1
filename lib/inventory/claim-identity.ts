import { digestOf } from "@/lib/shared/digest";
import type { ClaimDraft } from "./types";

/** What makes two rows of one segment the same claim: source, product, log source, channel, component; case and blanks aside. */
export function claimIdentity(claim: Pick<ClaimDraft, "source" | "product" | "logSource" | "channel" | "component">): string {
  const parts = [claim.source, claim.product, claim.logSource, claim.channel, claim.component];
  return digestOf(parts.map((part) => part.normalize("NFC").trim().replace(/\s+/g, " ").toLowerCase()));
}
