"use client";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import type { ChannelRow, DeliveryRow } from "@/lib/alerts/alert-rows";
import { counted } from "@/lib/shared/format-number";
import { formatTime } from "@/lib/shared/format-time";
import type { AlertActions } from "./alert-actions";
import { DELIVERY_WORD } from "./alert-words";
import { ChannelForm } from "./channel-form";

const SHOWN = 12;

/** Where alerts are sent besides this page, and how the last messages fared. */
export function ChannelsCard({ channels, deliveries, actions }: { channels: readonly ChannelRow[]; deliveries: readonly DeliveryRow[]; actions: AlertActions }) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const names = new Map(channels.map(({ id, channel }) => [id, channel.name]));
  const run = (work: () => Promise<string>) =>
    start(async () => {
      toast(await work());
      router.refresh();
    });
  return (
    <Card>
      <CardHeader
        title="Channels"
        note={counted(channels.length, "channel")}
        say={channels.length === 0 ? "Alerts are shown here alone. A webhook or a mailbox gets those of critical segments at once, and everything else in one digest a day." : "Alerts of segments of criticality 4 and 5 go out at once, everything else in at most one digest a day."}
        action={<ChannelForm row={null} save={actions.setChannel} />}
      />
      {channels.length === 0 ? (
        <div className="h-3" />
      ) : (
        <Table label="Channels">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>To</Th>
              <Th>Digest</Th>
              <Th>At once</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {channels.map((row) => {
              const { id, channel } = row;
              return (
                <tr key={id}>
                  <Td>
                    {channel.name}
                    {channel.enabled ? null : <span className="text-ink-3"> (off)</span>}
                  </Td>
                  <Td className="max-w-80 truncate text-ink-2" title={channel.kind === "mail" ? channel.to.join(", ") : channel.url}>
                    {channel.kind === "mail" ? channel.to.join(", ") : channel.url}
                  </Td>
                  <Td className="whitespace-nowrap text-ink-2">{channel.digestHour === null ? "never" : `${String(channel.digestHour).padStart(2, "0")}:00 ${channel.timeZone}`}</Td>
                  <Td className="text-ink-2">{channel.immediate ? "yes" : "no"}</Td>
                  <Td>
                    <span className="flex justify-end gap-1.5">
                      <Button
                        variant="ghost"
                        disabled={pending}
                        aria-label={`Test ${channel.name}`}
                        onClick={() =>
                          run(async () => {
                            const result = await actions.testChannel(id);
                            return !result.ok ? result.message : result.data.state === "sent" ? "It was taken" : `Not taken: ${result.data.error ?? "unknown"}`;
                          })
                        }
                      >
                        Test
                      </Button>
                      <ChannelForm row={row} save={actions.setChannel} />
                      <Button
                        variant="ghost"
                        disabled={pending}
                        aria-label={`Remove ${channel.name}`}
                        onClick={() =>
                          run(async () => {
                            const result = await actions.removeChannel(id);
                            return result.ok ? `${result.data} is removed` : result.message;
                          })
                        }
                      >
                        Remove
                      </Button>
                    </span>
                  </Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      )}
      {deliveries.length === 0 ? null : (
        <div className="border-t">
          <h3 className="px-3 pt-2 md:px-4">What was sent</h3>
          <Table label="What was sent">
            <thead>
              <tr>
                <Th>When</Th>
                <Th>Channel</Th>
                <Th>What</Th>
                <Th>Outcome</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {deliveries.slice(0, SHOWN).map(({ id, channelId, kind, alerts, state, attempts, error, createdAt }) => (
                <tr key={id}>
                  <Td className="whitespace-nowrap text-ink-2">{formatTime(Date.parse(createdAt))}</Td>
                  <Td>{names.get(channelId) ?? ""}</Td>
                  <Td className="text-ink-2">{kind === "test" ? "a test" : kind === "digest" ? `digest of ${counted(alerts.length, "alert")}` : "an alert at once"}</Td>
                  <Td className={error === null ? "text-ink-2" : "text-attn"}>
                    {DELIVERY_WORD[state]}
                    {error === null ? "" : `: ${error}`}
                    {state === "queued" && attempts > 0 ? ` (tried ${counted(attempts, "time")})` : ""}
                  </Td>
                  <Td>
                    {state === "failed" || state === "unconfirmed" ? (
                      <Button
                        variant="ghost"
                        disabled={pending}
                        aria-label={`Send message ${id} again`}
                        onClick={() =>
                          run(async () => {
                            const result = await actions.resend(id);
                            return result.ok ? "It is sent again" : result.message;
                          })
                        }
                      >
                        Send again
                      </Button>
                    ) : null}
                  </Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Card>
  );
}
