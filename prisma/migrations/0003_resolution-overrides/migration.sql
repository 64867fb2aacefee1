-- CreateTable
CREATE TABLE "ResolutionOverride" (
    "id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "reference" TEXT NOT NULL,
    "component" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "platform" TEXT,
    "analytic" TEXT,
    "state" TEXT NOT NULL,
    "doc" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "ResolutionOverride_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ResolutionOverride_reference_idx" ON "ResolutionOverride"("reference");

-- CreateIndex
CREATE UNIQUE INDEX "ResolutionOverride_scope_version_key" ON "ResolutionOverride"("scope", "version");
