"use client";
import { useState } from "react";
import { FormDialog } from "@/components/forms/form-dialog";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, TextArea } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { GapChange, GapDecision } from "@/lib/gaps/gap-state";
import { counted, formatCount } from "@/lib/shared/format-number";
import type { GapActions } from "./gap-actions";
import { STATE_WORD } from "./gap-words";

const KEEP = "as it is";
const STATES = [{ value: KEEP, label: "As it is" }, ...(["open", "planned", "accepted", "done"] as const).map((value) => ({ value, label: STATE_WORD[value] }))];

/** Changes one gap or many: what is left empty stays as it is. current: of a single one, to begin with. */
export function EditGaps({ ids, label, current, set, onDone }: { ids: readonly string[]; label: string; current?: GapDecision; set: GapActions["set"]; onDone: () => void }) {
  const begin = { state: KEEP, owner: current?.owner ?? "", due: current?.due ?? "", reason: current?.reason ?? "", expires: current?.expires ?? "" };
  const [form, setForm] = useState(begin);
  const put = (patch: Partial<typeof form>) => setForm((now) => ({ ...now, ...patch }));
  const accepts = form.state === "accepted" || (form.state === KEEP && current?.state === "accepted");
  return (
    <FormDialog
      trigger={
        <Button variant="primary" disabled={ids.length === 0}>
          {label}
        </Button>
      }
      title={ids.length === 1 ? `Edit ${ids[0] ?? ""}` : `Edit ${counted(ids.length, "gap")}`}
      description={ids.length === 1 ? "The next assessment closes what is proven, and opens again what was called done and is not." : "Fields that are left empty stay as they are in each. All of them change, or none."}
      fields={["state", "owner", "due", "expires", "reason"]}
      word={ids.length === 1 ? "Save" : `Save ${formatCount(ids.length)}`}
      columns={2}
      onOpen={() => setForm(begin)}
      submit={async () => {
        const result = await set({ ids, change: changeOf(form, begin) });
        if (!result.ok) return result;
        onDone();
        return { ok: true, said: result.data === 0 ? "Nothing was to be changed" : `${counted(result.data, "gap")} changed` };
      }}
    >
      {(errorOf) => (
        <>
          <Field label="State" hint={form.state === "done" ? "your word, until an assessment proves it" : undefined} error={errorOf("state")}>
            {({ id }) => <Select id={id} label="State" value={form.state} onChange={(state) => put({ state })} options={STATES} />}
          </Field>
          <Field label="Owner" error={errorOf("owner")}>
            {(parts) => <Input {...parts} value={form.owner} onChange={(event) => put({ owner: event.target.value })} />}
          </Field>
          <Field label="Due" error={errorOf("due")} hint={ids.length > 1 ? "empty: as it is" : "empty: no date"}>
            {(parts) => <Input {...parts} type="date" value={form.due} onChange={(event) => put({ due: event.target.value })} />}
          </Field>
          <Field label="Accepted until" hint={accepts ? "the last day, at most 12 months ahead" : "only of an accepted risk"} error={errorOf("expires")}>
            {(parts) => <Input {...parts} type="date" disabled={!accepts} value={accepts ? form.expires : ""} onChange={(event) => put({ expires: event.target.value })} />}
          </Field>
          <div className="sm:col-span-2">
            <Field label="Reason" hint={form.state === "accepted" ? "why this may stay open" : "may stay empty"} error={errorOf("reason")}>
              {(parts) => <TextArea {...parts} rows={2} value={form.reason} onChange={(event) => put({ reason: event.target.value })} />}
            </Field>
          </div>
        </>
      )}
    </FormDialog>
  );
}

interface Form {
  readonly state: string;
  readonly owner: string;
  readonly due: string;
  readonly reason: string;
  readonly expires: string;
}

/** Only what differs from where the form began: in many gaps at once an empty field says nothing. */
function changeOf(form: Form, begin: Form): GapChange {
  const state = (["open", "planned", "accepted", "done"] as const).find((one) => one === form.state);
  const accepts = state === "accepted" || (state === undefined && begin.expires !== "");
  return {
    ...(state === undefined ? {} : { state }),
    ...(form.owner === begin.owner ? {} : { owner: form.owner }),
    ...(form.due === begin.due ? {} : { due: form.due === "" ? null : form.due }),
    ...(form.reason === begin.reason ? {} : { reason: form.reason }),
    ...(accepts && form.expires !== "" ? { expires: form.expires } : {}),
  };
}
