-- CreateTable
CREATE TABLE "AssessmentComparison" (
    "key" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "AssessmentComparison_pkey" PRIMARY KEY ("key")
);
