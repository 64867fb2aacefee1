-- CreateTable
CREATE TABLE "NavigatorLayer" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "attack" TEXT,
    "fileName" TEXT NOT NULL,
    "fileDigest" TEXT NOT NULL,
    "doc" JSONB NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "importedAt" TIMESTAMP(3) NOT NULL,
    "importedBy" TEXT NOT NULL,

    CONSTRAINT "NavigatorLayer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "NavigatorLayer_fileDigest_key" ON "NavigatorLayer"("fileDigest");
