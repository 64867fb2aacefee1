-- AlterTable
ALTER TABLE "Assessment" ADD COLUMN     "citedFamilies" TEXT[];

-- AlterTable
ALTER TABLE "AssessmentSegment" ADD COLUMN     "sources" JSONB;
