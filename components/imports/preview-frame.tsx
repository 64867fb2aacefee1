import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import type { PreviewState } from "./use-previewed-file";

/** The steps of a previewed file as one card: sending, refused as a whole, preview with its buttons, applied. */
export function PreviewFrame<P>({ state, confirm, discard, applyLabel, canApply, say, children }: { state: PreviewState<P>; confirm: () => void; discard: () => void; applyLabel: string; canApply: (preview: P) => boolean; say: (preview: P, applied: boolean) => ReactNode; children: (preview: P) => ReactNode }) {
  if (state.step === "idle") return null;
  if (state.step === "sending")
    return (
      <Card className="px-4 py-3">
        <div className="truncate font-medium">{state.fileName}</div>
        <Progress label={`Sending ${state.fileName}`} done={state.sent} total={state.total} className="mt-1" />
      </Card>
    );
  if (state.step === "refused")
    return (
      <Card className="px-4 py-3">
        <p role="alert" className="font-medium text-attn">
          {state.message}
        </p>
        <p className="text-xs text-ink-3">Nothing of {state.fileName} was applied.</p>
      </Card>
    );
  const applied = state.step === "applied";
  const shown = applied ? state.result : state.preview;
  return (
    <Card className="overflow-hidden" aria-live="polite">
      <div className="pb-3">
        <CardHeader
          title={applied ? "Applied" : "Preview"}
          note={state.file.fileName}
          say={say(shown, applied)}
          action={
            applied ? (
              <Button onClick={discard}>Done</Button>
            ) : (
              <>
                <Button onClick={discard}>Discard</Button>
                <Button variant="primary" onClick={confirm} disabled={(state.step === "preview" && state.applying) || !canApply(shown)}>
                  {applyLabel}
                </Button>
              </>
            )
          }
        />
      </div>
      {children(shown)}
    </Card>
  );
}
