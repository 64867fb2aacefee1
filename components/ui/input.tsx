import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const style = "w-full min-w-0 rounded-md border border-line-2 bg-surface px-2 text-sm text-ink aria-invalid:border-attn disabled:opacity-55";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(style, "h-7", className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={classNames(style, "py-1", className)} {...rest} />;
}
