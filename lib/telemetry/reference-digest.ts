import { sha256 } from "@/lib/shared/digest";
import { foldName } from "./family-of";

/**
 * The short name of a log source (data component, name, channel): 16 hex digits that do not change with case, misspelt names
 * and blanks. Curated judgements and addresses of pages hold it in place of the channel's text, which is ATT&CK's.
 */
export function referenceDigest(componentId: string, name: string, channel: string): string {
  const fold = (text: string): string => text.replace(/\s+/g, " ").trim().toLowerCase();
  return sha256(`${componentId}\n${fold(foldName(name))}\n${fold(channel)}`).slice(0, 16);
}
