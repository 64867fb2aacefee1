"use client";
import { useState } from "react";
import { UploadFiles } from "@/components/imports/upload-files";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";

/** Bundles go in one after another. The release is read from the bundle unless one is named. */
export function CatalogUpload() {
  const [release, setRelease] = useState("");
  const [replace, setReplace] = useState(false);
  const [keep, setKeep] = useState(false);
  return (
    <UploadFiles
      title="Drop ATT&CK bundles, or choose"
      hint="enterprise, mobile or ICS; one release each. A bundle that is cut off changes nothing."
      accept=".json,.gz"
      parameters={{ kind: "catalog", ...(release.trim() ? { release: release.trim() } : {}), ...(replace ? { replace: "yes" } : {}), ...(keep ? { keepCurrent: "yes" } : {}) }}
    >
      <Input aria-label="Release, when the bundle does not say" placeholder="Release, if not in the bundle" value={release} onChange={(event) => setRelease(event.target.value)} className="w-52" />
      <Checkbox checked={replace} onChange={(event) => setReplace(event.target.checked)}>
        Replace a release of the same number
      </Checkbox>
      <Checkbox checked={keep} onChange={(event) => setKeep(event.target.checked)}>
        Leave the current release as it is, to look at the effect first (the starter catalog always gives way)
      </Checkbox>
    </UploadFiles>
  );
}
