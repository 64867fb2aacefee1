-- AlterTable
ALTER TABLE "Assessment" ADD COLUMN     "inputParts" JSONB;

-- AlterTable
ALTER TABLE "AssessmentSegment" ADD COLUMN     "inputParts" JSONB;

-- CreateTable
CREATE TABLE "AssessmentGap" (
    "assessmentId" INTEGER NOT NULL,
    "rank" INTEGER NOT NULL,
    "segmentId" TEXT NOT NULL,
    "segment" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "component" TEXT,
    "points" INTEGER NOT NULL,
    "cells" INTEGER NOT NULL,
    "troubles" TEXT[],
    "doc" JSONB NOT NULL,

    CONSTRAINT "AssessmentGap_pkey" PRIMARY KEY ("assessmentId","rank")
);

-- What earlier assessments ranked, one row per gap. A gap that names no causes has its own reason as the only one.
INSERT INTO "AssessmentGap" ("assessmentId", "rank", "segmentId", "segment", "kind", "family", "component", "points", "cells", "troubles", "doc")
SELECT a."id", (g.place - 1)::int, g.doc ->> 'segmentId', g.doc ->> 'segment', g.doc ->> 'kind', g.doc ->> 'family', g.doc -> 'component' ->> 'id', (g.doc ->> 'points')::int, (g.doc ->> 'cells')::int,
  ARRAY(SELECT code FROM unnest(ARRAY['silent', 'contradicted']) WITH ORDINALITY AS t(code, place)
    WHERE CASE WHEN g.doc ? 'causes' THEN g.doc -> 'causes' @> jsonb_build_array(jsonb_build_object('code', code)) ELSE g.doc ->> 'code' = code END ORDER BY t.place),
  g.doc
FROM "Assessment" a, jsonb_array_elements(a."gaps") WITH ORDINALITY AS g(doc, place);

-- AlterTable
ALTER TABLE "Assessment" DROP COLUMN "gaps";

-- CreateIndex
CREATE INDEX "AssessmentGap_assessmentId_segmentId_idx" ON "AssessmentGap"("assessmentId", "segmentId");

-- AddForeignKey
ALTER TABLE "AssessmentGap" ADD CONSTRAINT "AssessmentGap_assessmentId_fkey" FOREIGN KEY ("assessmentId") REFERENCES "Assessment"("id") ON DELETE CASCADE ON UPDATE CASCADE;
