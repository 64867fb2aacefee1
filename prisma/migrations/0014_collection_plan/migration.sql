-- CreateTable
CREATE TABLE "PlanCosts" (
    "version" INTEGER NOT NULL,
    "doc" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "PlanCosts_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "PlanScenario" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "assessmentId" INTEGER NOT NULL,
    "choices" JSONB NOT NULL,
    "outcome" JSONB NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "PlanScenario_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlanFrontier" (
    "key" TEXT NOT NULL,
    "assessmentId" INTEGER NOT NULL,
    "doc" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PlanFrontier_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "PlanScenario_nameKey_key" ON "PlanScenario"("nameKey");

-- CreateIndex
CREATE INDEX "PlanFrontier_assessmentId_idx" ON "PlanFrontier"("assessmentId");
