"use client";
import { useState } from "react";
import { sendFile } from "@/components/imports/send-file";
import { useRefresh } from "@/components/jobs/use-refresh";
import { waitForJob } from "@/components/jobs/wait-for-job";
import { Button } from "@/components/ui/button";
import { DialogActions, DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { FileDrop } from "@/components/ui/file-drop";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { AnalyticTestsView } from "@/lib/reports/analytic-tests-view";
import type { StartAction, TestFields } from "./test-actions";

const ORIGINS = [
  { value: "production", label: "Production" },
  { value: "exercise", label: "Exercise" },
];

/** Sends an attack sample and a benign one, attaches them to the analytic in a segment, and waits for the first run. */
export function AttachTest({ view, attach }: { view: AnalyticTestsView; attach: StartAction<TestFields> }) {
  const [open, setOpen] = useState(false);
  const [segment, setSegment] = useState(view.segmentId ?? "");
  const [origin, setOrigin] = useState("production");
  const [host, setHost] = useState("");
  const [positive, setPositive] = useState<File | null>(null);
  const [negative, setNegative] = useState<File | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const refresh = useRefresh();
  const chosen = view.segments.find(({ id }) => id === segment);

  const submit = async () => {
    if (positive === null || negative === null) return setRefused("Choose both samples first.");
    setRefused(null);
    try {
      const send = async (file: File) => {
        setBusy(`Sending ${file.name}`);
        const { digest } = await sendFile(file, { kind: "test" }, () => {});
        if (digest === undefined) throw new Error("The server kept no file.");
        return { digest, bytes: file.size, fileName: file.name };
      };
      const [attack, benign] = [await send(positive), await send(negative)];
      setBusy("Attaching");
      const started = await attach({ analytic: view.analytic, segment, origin, host, positive: attack, negative: benign });
      if (!started.ok) throw new Error(started.message);
      await waitForJob(started.data, (text) => setBusy(text || "Waiting for its turn"));
      await refresh();
      setOpen(false);
      setPositive(null);
      setNegative(null);
      toast("Test attached and run; the next assessment counts it");
    } catch (error) {
      setRefused(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(null);
    }
  };

  return (
    <DialogRoot open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>Attach a test</Button>
      </DialogTrigger>
      <DialogContent title={`Attach a test of ${view.analytic}`} description="Two files of events from one segment: the attack, and what is usual there. They are kept, and never counted as observations." className="w-[min(640px,calc(100vw-24px))]">
        <form
          noValidate
          className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 py-4"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3 sm:grid-cols-2">
            <Field label="Segment" hint={chosen?.rostered === false ? "Without a roster, that the hosts are its own is only stated." : "The attack sample must come from a host on its roster."}>
              {({ id }) => <Select id={id} label="Segment" value={segment} onChange={setSegment} options={view.segments.map(({ id: value, name }) => ({ value, label: name }))} className="w-full" />}
            </Field>
            <Field label="Origin of the attack" hint="Lab and public samples prove nothing here.">
              {({ id }) => <Select id={id} label="Origin of the attack" value={origin} onChange={setOrigin} options={ORIGINS} className="w-full" />}
            </Field>
          </div>
          <FileDrop title="Attack sample" hint={positive?.name ?? "Records of the attack on a host of the segment."} multiple={false} onFiles={([file]) => setPositive(file ?? null)} />
          <FileDrop title="Benign sample" hint={negative?.name ?? "Records of what is usual there: no linked rule may match."} multiple={false} onFiles={([file]) => setNegative(file ?? null)} />
          <Field label="Host" hint="Of records that name none.">
            {(parts) => <Input {...parts} value={host} onChange={(event) => setHost(event.target.value)} />}
          </Field>
          {refused === null ? null : (
            <p role="alert" className="text-xs font-medium text-attn">
              {refused}
            </p>
          )}
          <DialogActions>
            <span aria-live="polite" className="text-xs text-ink-2">
              {busy}
            </span>
            <Button type="submit" variant="primary" disabled={busy !== null || segment === ""}>
              Attach and run
            </Button>
          </DialogActions>
        </form>
      </DialogContent>
    </DialogRoot>
  );
}
