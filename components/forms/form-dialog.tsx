"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { classNames } from "@/components/ui/class-names";
import { DialogActions, DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { readRefusal, type Refusal } from "./read-refusal";

/** How handing in ended. said: told in passing when it worked; place: the field that is to blame. */
export type HandedIn = { readonly ok: true; readonly said: string } | { readonly ok: false; readonly message: string; readonly place: { readonly field?: string } };

interface FormDialogProps {
  readonly trigger: ReactNode; // the button that opens it
  readonly title: string;
  readonly description?: ReactNode;
  readonly fields: readonly string[]; // what the children show a refusal at; any other stands beside the button
  readonly word: ReactNode; // on the button that hands it in
  readonly disabled?: boolean; // there is nothing to hand in yet
  readonly attention?: boolean; // something is taken away
  readonly columns?: 1 | 2;
  readonly wide?: boolean;
  readonly onOpen?: () => void; // each time: fields begin anew
  readonly submit: () => Promise<HandedIn>;
  readonly aside?: { readonly word: string; readonly submit: () => Promise<HandedIn> }; // a second way to end it
  readonly children: (errorOf: (field: string) => string | undefined) => ReactNode;
}

/** A form behind a button: refused, it stays open with the reason at its field; taken, it closes, says so and the page is drawn again. */
export function FormDialog({ trigger, title, description, fields, word, disabled = false, attention = false, columns = 1, wide = false, onOpen, submit, aside, children }: FormDialogProps) {
  const [open, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [pending, start] = useTransition();
  const router = useRouter();
  const hand = (work: () => Promise<HandedIn>) =>
    start(async () => {
      const result = await work();
      if (!result.ok) return setRefusal(readRefusal(result));
      setOpen(false);
      toast(result.said);
      router.refresh();
    });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusal !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(); // where the reason stands, also below the fold
  }, [refusal]);
  const span = columns === 2 ? "sm:col-span-2" : "";
  return (
    <DialogRoot
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setRefusal(null);
        if (next) onOpen?.();
      }}
    >
      <DialogTrigger asChild>{trigger}</DialogTrigger>
      <DialogContent title={title} description={description} className={wide ? "w-[min(680px,calc(100vw-24px))]" : undefined}>
        <form
          ref={form}
          noValidate
          className={classNames("grid grid-cols-[minmax(0,1fr)] gap-3 px-4 py-4", columns === 2 && "sm:grid-cols-2")}
          onSubmit={(event) => {
            event.preventDefault();
            hand(submit);
          }}
        >
          {children((field) => (refusal?.field === field ? refusal.message : undefined))}
          <DialogActions className={span}>
            {refusal !== null && !fields.includes(refusal.field) ? (
              <span role="alert" className="mr-auto text-xs font-medium text-attn">
                {refusal.message}
              </span>
            ) : null}
            {aside === undefined ? null : (
              <Button variant="ghost" disabled={pending} onClick={() => hand(aside.submit)}>
                {aside.word}
              </Button>
            )}
            <Button type="submit" variant={attention ? "attention" : "primary"} disabled={pending || disabled}>
              {word}
            </Button>
          </DialogActions>
        </form>
      </DialogContent>
    </DialogRoot>
  );
}
