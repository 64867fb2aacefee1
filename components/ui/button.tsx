import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

export const buttonStyle = cva(
  "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border px-2 text-sm whitespace-nowrap transition-colors duration-100 disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        plain: "border-line-2 bg-surface text-ink hover:bg-hover [&_svg]:text-ink-3",
        primary: "border-ink bg-ink font-medium text-surface hover:bg-ink-2 hover:border-ink-2",
        ghost: "border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink",
        attention: "border-attn bg-surface text-attn hover:bg-attn-soft",
      },
    },
    defaultVariants: { variant: "plain" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyle> {
  /** Draw the only child (a link) as the button. */
  asChild?: boolean;
}

/** 28 px high; "primary" at most once in a view. */
export function Button({ variant, asChild, className, type, ...rest }: ButtonProps) {
  const Element = asChild ? Slot.Root : "button";
  return <Element type={asChild ? undefined : (type ?? "button")} className={classNames(buttonStyle({ variant }), className)} {...rest} />;
}
