-- AlterTable
ALTER TABLE "Dataset" ADD COLUMN     "removedAt" TIMESTAMP(3),
ADD COLUMN     "removedBy" TEXT;
