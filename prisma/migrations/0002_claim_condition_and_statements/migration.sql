-- AlterTable
ALTER TABLE "Claim" ADD COLUMN     "condition" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "StatementScore" (
    "id" TEXT NOT NULL,
    "importId" TEXT NOT NULL,
    "segmentId" TEXT,
    "author" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "technique" TEXT NOT NULL,
    "aspect" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "scoredOn" DATE,
    "appliesTo" TEXT NOT NULL,
    "note" TEXT NOT NULL,

    CONSTRAINT "StatementScore_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "StatementScore_technique_idx" ON "StatementScore"("technique");

-- CreateIndex
CREATE UNIQUE INDEX "StatementScore_author_domain_technique_aspect_appliesTo_key" ON "StatementScore"("author", "domain", "technique", "aspect", "appliesTo");

-- AddForeignKey
ALTER TABLE "StatementScore" ADD CONSTRAINT "StatementScore_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementScore" ADD CONSTRAINT "StatementScore_importId_fkey" FOREIGN KEY ("importId") REFERENCES "InventoryImport"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
