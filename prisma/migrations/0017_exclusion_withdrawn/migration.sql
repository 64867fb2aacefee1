-- AlterTable
ALTER TABLE "Exclusion" ADD COLUMN     "approvedAt" TIMESTAMP(3),
ADD COLUMN     "approvedBy" TEXT,
ADD COLUMN     "withdrawnAt" TIMESTAMP(3),
ADD COLUMN     "withdrawnBy" TEXT,
ADD COLUMN     "withdrawnReason" TEXT;
