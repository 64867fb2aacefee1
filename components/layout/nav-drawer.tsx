"use client";
import { Menu } from "lucide-react";
import { useState } from "react";
import { DialogContent, DialogRoot, DialogTrigger } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import type { ShellView } from "@/lib/reports/shell-view";
import { BrandMark } from "./brand-mark";
import { AssessmentPicker, SegmentPicker } from "./pickers";
import { NavList } from "./sidebar";

/** Navigation and pickers on small screens. */
export function NavDrawer({ shell }: { shell: ShellView }) {
  const [open, setOpen] = useState(false);
  return (
    <DialogRoot open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <IconButton label="Menu" className="-ml-1 md:hidden">
          <Menu size={18} aria-hidden />
        </IconButton>
      </DialogTrigger>
      <DialogContent title="Menu" hideTitle drawer>
        <div className="flex h-12 items-center gap-2 px-4 text-base font-semibold tracking-tight">
          <BrandMark />
          Sightline
        </div>
        <div className="flex flex-col gap-2 px-4 pb-2">
          <SegmentPicker segments={shell.segments} className="w-full" />
          <AssessmentPicker assessments={shell.assessments} className="w-full" />
        </div>
        <div className="px-2 pb-4">
          <NavList runningJobs={shell.runningJobs} openAlerts={shell.openAlerts} onGo={() => setOpen(false)} />
        </div>
      </DialogContent>
    </DialogRoot>
  );
}
