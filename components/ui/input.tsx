import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const style = "w-full min-w-0 rounded-md border border-line-2 bg-surface px-2 text-sm text-ink aria-invalid:border-attn disabled:opacity-55";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(style, "h-7", className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={classNames(style, "py-1", className)} {...rest} />;
}

/** A file of this machine, its button drawn as every other one. */
export function FileInput({ className, ...rest }: Omit<ComponentProps<"input">, "type">) {
  return <input type="file" className={classNames("max-w-full min-w-0 text-sm text-ink-2 file:mr-2 file:h-7 file:cursor-pointer file:rounded-md file:border file:border-solid file:border-line-2 file:bg-surface file:px-2.5 file:text-ink hover:file:bg-hover disabled:opacity-55", className)} {...rest} />;
}
