"use client";
import { useState } from "react";
import { UploadFiles } from "@/components/imports/upload-files";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";

/** Rule files and archives go in one after another. */
export function RulesUpload() {
  const [source, setSource] = useState("");
  const [adds, setAdds] = useState(false);
  return (
    <UploadFiles
      title="Drop Sigma rules, or choose"
      hint="A zip or tar.gz is the whole of its source: what it holds no more is removed. Single files are added."
      accept=".yml,.yaml,.zip,.gz,.tgz,.tar"
      parameters={{ kind: "rules", ...(source.trim() === "" ? {} : { source: source.trim() }), ...(adds ? { adds: "yes" } : {}) }}
    >
      <Input aria-label="Source the rules belong to" placeholder="Source, else by the file’s name" value={source} onChange={(event) => setSource(event.target.value)} className="w-56" />
      <Checkbox checked={adds} onChange={(event) => setAdds(event.target.checked)}>
        Keep what an archive does not hold
      </Checkbox>
    </UploadFiles>
  );
}
