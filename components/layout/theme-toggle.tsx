"use client";
import { Moon } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";

/** Kept in a cookie so that the server sends the right colours with the first byte. "system" forgets the choice. */
export function chooseTheme(theme: "light" | "dark" | "system"): void {
  const root = document.documentElement;
  if (theme === "system") root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", theme);
  document.cookie = `sightline-theme=${theme === "system" ? "; max-age=0" : `${theme}; max-age=31536000`}; path=/; samesite=strict`;
}

function isDark(): boolean {
  const chosen = document.documentElement.getAttribute("data-theme");
  return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
}

/** Switches between light and dark, and remembers it in a cookie for the first byte of the next page. */
export function ThemeToggle() {
  return (
    <IconButton label="Switch between light and dark" onClick={() => chooseTheme(isDark() ? "light" : "dark")}>
      <Moon size={16} strokeWidth={1.75} aria-hidden />
    </IconButton>
  );
}
