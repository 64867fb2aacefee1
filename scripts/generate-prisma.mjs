// Writes lib/db/generated from prisma/schema.prisma. No engine is fetched: prisma.config.ts names a file that exists, which is all this step asks.
import { generatePrisma } from "./setup/generate-prisma.mjs";
generatePrisma(process.cwd(), "inherit");
