import { Download } from "lucide-react";

/** Empty files with the right columns, to be filled in. */
export function TemplateLinks({ files }: { files: readonly string[] }) {
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-3">
      Templates:
      {files.map((file) => (
        <a key={file} href={`/templates/${file}`} download className="inline-flex min-h-6 items-center gap-1 font-medium text-accent hover:underline">
          <Download size={12} aria-hidden /> {file}
        </a>
      ))}
    </p>
  );
}
