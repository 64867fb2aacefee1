import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

/** A native box with its words as the target, at least 24 px high. */
export function Checkbox({ children, className, ...rest }: Omit<ComponentProps<"input">, "type"> & { children: ReactNode }) {
  return (
    <label className={classNames("flex min-h-[26px] min-w-0 cursor-pointer items-center gap-2 rounded-sm px-1 text-ink-2 hover:bg-hover has-checked:text-ink", className)}>
      <input type="checkbox" className="size-3.5 shrink-0 accent-(--accent)" {...rest} />
      {children}
    </label>
  );
}
