import { Card, CardHeader } from "@/components/ui/card";
import { PageBody, PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import type { ReferenceView } from "@/lib/api/reference-view";
import { counted } from "@/lib/shared/format-number";
import { Operation } from "./operation";

/** Everything that programs may ask, from the document that the server answers by. */
export function ApiReference({ view, origin }: { view: ReferenceView; origin: string }) {
  return (
    <PageBody>
      <PageHeader
        title="HTTP API"
        say={`${view.endpoints} operations for pipelines and reports. A program brings the start token as a bearer; this browser is let in already, so a reading can be tried here.`}
        actions={
          <Button asChild>
            <a href="/api/v1/openapi.json">OpenAPI 3.1 document</a>
          </Button>
        }
      />
      <nav aria-label="Groups of operations" className="flex flex-wrap gap-2">
        {view.groups.map(({ tag, endpoints }) => (
          <a key={tag} href={`#${anchor(tag)}`} className="inline-flex h-6 items-center gap-1.5 rounded-full border border-line-2 bg-surface px-2 text-xs text-ink-2 hover:bg-hover">
            {tag} <span className="text-ink-3">{endpoints.length}</span>
          </a>
        ))}
      </nav>
      {view.groups.map(({ tag, endpoints }) => (
        <Card key={tag} aria-labelledby={anchor(tag)}>
          <CardHeader id={anchor(tag)} title={tag} note={counted(endpoints.length, "operation")} />
          <div className="mt-2">
            {endpoints.map((endpoint) => (
              <Operation key={endpoint.id} endpoint={endpoint} origin={origin} />
            ))}
          </div>
        </Card>
      ))}
    </PageBody>
  );
}

function anchor(tag: string): string {
  return `group-${tag.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;
}
