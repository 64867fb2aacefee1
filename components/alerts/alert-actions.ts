import type { ActionResult } from "@/app/_adapters/action-result";
import type { ChannelRequest } from "@/lib/operations/set-alert-channel";
import type { QuietRequest } from "@/lib/operations/quiet-alerts";
import type { DeliveryRow } from "@/lib/alerts/alert-rows";

/** What the alerts page can ask the server to do. */
export interface AlertActions {
  readonly quiet: (request: QuietRequest) => Promise<ActionResult<number>>;
  readonly setChannel: (request: ChannelRequest) => Promise<ActionResult<string>>;
  readonly removeChannel: (id: string) => Promise<ActionResult<string>>;
  readonly testChannel: (id: string) => Promise<ActionResult<DeliveryRow>>;
  readonly resend: (id: number) => Promise<ActionResult<number>>;
}
