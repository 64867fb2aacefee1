-- AlterTable
ALTER TABLE "RuleCheckRun" ADD COLUMN     "freshFrom" TIMESTAMP(3) NOT NULL,
ADD COLUMN     "segments" JSONB NOT NULL;
