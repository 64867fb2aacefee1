import { defineConfig } from "prisma/config";

// Prisma's own schema engine is a download from a vendor's host. Generating the client needs none, and migrations are
// written and applied by scripts/ and lib/db (docs/adr/0002-embedded-postgresql.md), so the setting only has to name a file.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "prisma/migrations" } });
