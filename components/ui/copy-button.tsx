"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button, type ButtonProps } from "./button";

/** Copies text. Where the clipboard is refused (no secure origin) it says so instead of pretending. */
export function CopyButton({ text, label = "Copy", ...rest }: { text: string; label?: string } & Omit<ButtonProps, "onClick" | "children">) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      setState("refused");
    }
    setTimeout(() => setState("idle"), 1600);
  };
  return (
    <Button onClick={copy} {...rest}>
      {state === "copied" ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      <span aria-live="polite">{state === "copied" ? "Copied" : state === "refused" ? "Clipboard refused" : label}</span>
    </Button>
  );
}
