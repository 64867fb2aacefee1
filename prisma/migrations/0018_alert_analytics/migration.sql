-- AlterTable
ALTER TABLE "Alert" ADD COLUMN     "analytics" TEXT[];

-- Alerts that stand know the first of theirs; the next assessment writes them all.
UPDATE "Alert" SET "analytics" = ARRAY(SELECT jsonb_array_elements_text("doc" -> 'analytics'));
