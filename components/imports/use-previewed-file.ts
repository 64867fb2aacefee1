"use client";
import { useState } from "react";
import { sendFile } from "./send-file";

type Answer<T> = { readonly ok: true; readonly data: T } | { readonly ok: false; readonly message: string };

export interface Waiting {
  readonly fileName: string;
  readonly digest: string;
}

export type PreviewState<P> =
  | { readonly step: "idle" }
  | { readonly step: "sending"; readonly fileName: string; readonly sent: number; readonly total: number }
  | { readonly step: "refused"; readonly fileName: string; readonly message: string }
  | { readonly step: "preview"; readonly file: Waiting; readonly preview: P; readonly applying: boolean }
  | { readonly step: "applied"; readonly file: Waiting; readonly result: P };

/** A file that is sent, previewed, and applied only when a person says so. One at a time. */
export function usePreviewedFile<P>(preview: (file: Waiting) => Promise<Answer<P>>, apply: (file: Waiting, seen: P) => Promise<Answer<P>>) {
  const [state, setState] = useState<PreviewState<P>>({ step: "idle" });
  const refuse = (fileName: string, message: string) => setState({ step: "refused", fileName, message });

  const choose = async (files: File[]) => {
    const [file] = files;
    if (!file) return;
    setState({ step: "sending", fileName: file.name, sent: 0, total: file.size });
    try {
      const sent = await sendFile(file, { kind: "inventory" }, (done, total) => setState({ step: "sending", fileName: file.name, sent: done, total }));
      const waiting = { fileName: file.name, digest: sent.digest ?? "" };
      const answer = await preview(waiting);
      if (answer.ok) setState({ step: "preview", file: waiting, preview: answer.data, applying: false });
      else refuse(file.name, answer.message);
    } catch (error) {
      refuse(file.name, error instanceof Error ? error.message : String(error));
    }
  };

  const confirm = async () => {
    if (state.step !== "preview") return;
    setState({ ...state, applying: true });
    const answer = await apply(state.file, state.preview);
    if (answer.ok) setState({ step: "applied", file: state.file, result: answer.data });
    else refuse(state.file.fileName, answer.message);
  };

  return { state, choose, confirm, discard: () => setState({ step: "idle" }) };
}
