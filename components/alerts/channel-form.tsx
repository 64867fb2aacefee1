"use client";
import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ChannelDraft } from "@/lib/alerts/channel";
import type { ChannelRow } from "@/lib/alerts/alert-rows";
import type { AlertActions } from "./alert-actions";

const KINDS = [
  { value: "webhook", label: "Webhook" },
  { value: "mail", label: "Mail" },
] as const;
const SECURITY = [
  { value: "starttls", label: "STARTTLS" },
  { value: "tls", label: "TLS" },
  { value: "none", label: "None" },
] as const;

interface Form {
  readonly kind: "webhook" | "mail";
  readonly name: string;
  readonly url: string;
  readonly allowPrivate: boolean;
  readonly host: string;
  readonly port: string;
  readonly security: "starttls" | "tls" | "none";
  readonly user: string;
  readonly from: string;
  readonly to: string;
  readonly digestHour: string;
  readonly timeZone: string;
  readonly baseUrl: string;
  readonly immediate: boolean;
  readonly enabled: boolean;
  readonly secret: string;
}

const FIELDS = ["name", "url", "host", "port", "security", "user", "from", "to", "digestHour", "timeZone", "baseUrl", "secret"];
type Typed = "name" | "url" | "host" | "port" | "user" | "from" | "to" | "digestHour" | "timeZone" | "baseUrl";

/** Makes a channel, or changes one. The secret is written and never shown again. */
export function ChannelForm({ row, save }: { row: ChannelRow | null; save: AlertActions["setChannel"] }) {
  const [form, setForm] = useState(() => begin(row));
  const put = (patch: Partial<Form>) => setForm((now) => ({ ...now, ...patch }));
  return (
    <FormDialog
      trigger={
        row === null ? (
          <Button>Add a channel</Button>
        ) : (
          <Button variant="ghost" aria-label={`Edit ${row.channel.name}`}>
            Edit
          </Button>
        )
      }
      title={row === null ? "Add a channel" : `Edit ${row.channel.name}`}
      fields={FIELDS}
      word="Save"
      columns={2}
      onOpen={() => setForm(begin(row))}
      submit={async () => {
        const result = await save({ id: row?.id ?? null, channel: draftOf(form), ...(form.secret === "" ? {} : { secret: form.secret }) });
        if (result.ok) return { ok: true, said: `${result.data} is ready: try it` };
        return { ...result, place: { field: result.place.field?.split(".")[0] ?? "" } }; // to.0 stands at To
      }}
    >
      {(errorOf) => {
        const text = (field: Typed, label: string, hint?: string) => (
          <Field label={label} hint={hint} error={errorOf(field)}>
            {(parts) => <Input {...parts} value={form[field]} onChange={(event) => put({ [field]: event.target.value })} />}
          </Field>
        );
        return (
          <>
            <Field label="Kind">{({ id }) => <Select id={id} label="Kind" value={form.kind} onChange={(kind) => put({ kind: kind === "mail" ? "mail" : "webhook" })} options={[...KINDS]} />}</Field>
            {text("name", "Name")}
            {form.kind === "webhook" ? (
              <>
                <div className="sm:col-span-2">{text("url", "Address", "https; plain http only on this machine")}</div>
                <div className="sm:col-span-2">
                  <Checkbox checked={form.allowPrivate} onChange={(event) => put({ allowPrivate: event.target.checked })}>
                    I vouch for an address in a private network
                  </Checkbox>
                </div>
              </>
            ) : (
              <>
                {text("host", "SMTP server")}
                {text("port", "Port")}
                <Field label="Security" error={errorOf("security")}>
                  {({ id }) => <Select id={id} label="Security" value={form.security} onChange={(value) => put({ security: SECURITY.find((one) => one.value === value)?.value ?? "starttls" })} options={[...SECURITY]} />}
                </Field>
                {text("user", "User", "empty: nobody logs in")}
                {text("from", "From")}
                {text("to", "To", "addresses separated by commas")}
              </>
            )}
            <Field label={form.kind === "webhook" ? "Secret" : "Password"} hint={row?.hasSecret === true ? "empty: the one that is kept" : form.kind === "webhook" ? "signs every request; empty: unsigned" : "empty: none"} error={errorOf("secret")}>
              {(parts) => <Input {...parts} type="password" autoComplete="off" value={form.secret} onChange={(event) => put({ secret: event.target.value })} />}
            </Field>
            {text("baseUrl", "Links lead to", "address of this server; empty: no links")}
            {text("digestHour", "Digest at hour", "0 to 23; empty: never")}
            {text("timeZone", "In the time zone")}
            <Checkbox checked={form.immediate} onChange={(event) => put({ immediate: event.target.checked })}>
              Critical segments at once
            </Checkbox>
            <Checkbox checked={form.enabled} onChange={(event) => put({ enabled: event.target.checked })}>
              On
            </Checkbox>
          </>
        );
      }}
    </FormDialog>
  );
}

function begin(row: ChannelRow | null): Form {
  const empty: Form = { kind: "webhook", name: "", url: "", allowPrivate: false, host: "", port: "587", security: "starttls", user: "", from: "", to: "", digestHour: "8", timeZone: "UTC", baseUrl: "", immediate: true, enabled: true, secret: "" };
  if (row === null) return empty;
  const { channel } = row;
  const common = { name: channel.name, digestHour: channel.digestHour === null ? "" : String(channel.digestHour), timeZone: channel.timeZone, baseUrl: channel.baseUrl ?? "", immediate: channel.immediate, enabled: channel.enabled };
  if (channel.kind === "webhook") return { ...empty, ...common, kind: "webhook", url: channel.url, allowPrivate: channel.allowPrivate };
  return { ...empty, ...common, kind: "mail", host: channel.host, port: String(channel.port), security: channel.security, user: channel.user, from: channel.from, to: channel.to.join(", ") };
}

function draftOf(form: Form): ChannelDraft {
  const common = { name: form.name, enabled: form.enabled, immediate: form.immediate, digestHour: form.digestHour.trim() === "" ? null : Number(form.digestHour), timeZone: form.timeZone.trim(), baseUrl: form.baseUrl.trim() === "" ? null : form.baseUrl.trim() };
  if (form.kind === "webhook") return { ...common, kind: "webhook", url: form.url.trim(), allowPrivate: form.allowPrivate };
  return { ...common, kind: "mail", host: form.host, port: Number(form.port), security: form.security, user: form.user.trim(), from: form.from.trim(), to: form.to.split(",").map((part) => part.trim()).filter((part) => part !== "") };
}
