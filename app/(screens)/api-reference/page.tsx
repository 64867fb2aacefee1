import type { Metadata } from "next";
import { headers } from "next/headers";
import { requestContext } from "@/app/_adapters/request-context";
import { ApiReference } from "@/components/api/api-reference";
import { referenceView } from "@/lib/api/reference-view";

export const metadata: Metadata = { title: "HTTP API" };

export default async function ApiReferencePage() {
  await requestContext();
  return <ApiReference view={referenceView()} origin={`http://${(await headers()).get("host") ?? "127.0.0.1:3000"}`} />;
}
