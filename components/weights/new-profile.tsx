"use client";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { readRefusal } from "@/components/forms/read-refusal";
import { Button } from "@/components/ui/button";
import { DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { GroupChoice } from "@/lib/reports/weights-view";
import { FileForm } from "./file-form";
import { GroupForm } from "./group-form";

type Answer<T> = Promise<{ readonly ok: true; readonly data: T } | { readonly ok: false; readonly message: string; readonly place: { readonly field?: string } }>;

export interface GroupRequest {
  readonly name: string;
  readonly groups: readonly string[];
  readonly asOf: string;
  readonly fullDays: string;
  readonly declineDays: string;
  readonly reason: string;
}

export interface FileRequest {
  readonly name: string;
  readonly fileName: string;
  readonly text: string;
  readonly reason: string;
}

export interface Written {
  readonly name: string;
  readonly version: number;
}

export interface ProfileActions {
  readonly set: (request: GroupRequest) => Answer<Written>;
  readonly importFile: (request: FileRequest) => Answer<Written>;
  readonly choose: (request: { readonly name: string; readonly version: number; readonly reason: string }) => Answer<Written>;
}

/** How a form hands in what it holds: the reason why not, by field, or null when it was written. */
export type HandIn = (work: () => Answer<Written>, onRefused: (message: string, field: string | undefined) => void) => void;

/** The two ways to write the next version of a profile. */
export function NewProfile({ groups, today, actions }: { groups: readonly GroupChoice[]; today: string; actions: ProfileActions }) {
  return (
    <>
      <ProfileDialog word="From a file" title="Weights from a file" description="A CSV with the columns technique and weight; 1 is the weight under uniform, and a technique that is not listed weighs 1.">
        {(handIn, pending) => <FileForm importFile={actions.importFile} handIn={handIn} pending={pending} />}
      </ProfileDialog>
      <ProfileDialog word="From threat groups" title="Weights from threat groups" description="A technique weighs 1 + log2(1 + its uses by the chosen groups), where a use fades with its age." primary>
        {(handIn, pending) => <GroupForm groups={groups} today={today} set={actions.set} handIn={handIn} pending={pending} />}
      </ProfileDialog>
    </>
  );
}

function ProfileDialog({ word, title, description, primary = false, children }: { word: string; title: string; description: string; primary?: boolean; children: (handIn: HandIn, pending: boolean) => React.ReactNode }) {
  const [open, setOpen] = useState(false);
  const [pending, start] = useTransition();
  const router = useRouter();
  const handIn: HandIn = (work, onRefused) =>
    start(async () => {
      const result = await work();
      if (!result.ok) {
        const { field, message } = readRefusal(result);
        return onRefused(message, field);
      }
      setOpen(false);
      toast(`${result.data.name}, version ${result.data.version}, is written; it counts when it is chosen`);
      router.push(`/weights?${new URLSearchParams({ profile: result.data.name, version: String(result.data.version) }).toString()}`);
      router.refresh();
    });
  return (
    <DialogRoot open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant={primary ? "primary" : "plain"}>{word}</Button>
      </DialogTrigger>
      <DialogContent title={title} description={description}>
        {children(handIn, pending)}
      </DialogContent>
    </DialogRoot>
  );
}
