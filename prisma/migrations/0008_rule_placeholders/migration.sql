-- AlterTable
ALTER TABLE "Rule" ADD COLUMN     "placeholders" TEXT[],
ADD COLUMN     "warnings" TEXT[];

-- AlterTable
ALTER TABLE "RuleSource" ADD COLUMN     "licence" TEXT;
