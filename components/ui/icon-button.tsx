import { Button, type ButtonProps } from "./button";
import { classNames } from "./class-names";

/** A square button whose name is read aloud and shown on hover: an icon alone never explains itself. */
export function IconButton({ label, className, variant = "ghost", ...rest }: Omit<ButtonProps, "aria-label" | "title"> & { label: string }) {
  return <Button aria-label={label} title={label} variant={variant} className={classNames("w-7 justify-center px-0", className)} {...rest} />;
}
