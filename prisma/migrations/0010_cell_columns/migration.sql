-- AlterTable
ALTER TABLE "Assessment" ADD COLUMN     "cellColumns" BYTEA;
