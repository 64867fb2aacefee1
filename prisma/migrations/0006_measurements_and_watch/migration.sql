-- CreateTable
CREATE TABLE "Measurement" (
    "id" TEXT NOT NULL,
    "segmentId" TEXT NOT NULL,
    "importId" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "complete" BOOLEAN NOT NULL,
    "asOf" TIMESTAMP(3) NOT NULL,
    "windowFrom" TIMESTAMP(3),
    "query" TEXT NOT NULL,
    "queryDigest" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "ranBy" TEXT NOT NULL,
    "contentDigest" TEXT NOT NULL,
    "rawDatasets" TEXT[],

    CONSTRAINT "Measurement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MeasurementHost" (
    "measurementId" TEXT NOT NULL,
    "hostKey" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "firstMs" BIGINT,
    "lastMs" BIGINT,
    "fills" JSONB NOT NULL,

    CONSTRAINT "MeasurementHost_pkey" PRIMARY KEY ("measurementId","hostKey")
);

-- CreateTable
CREATE TABLE "WatchedFolder" (
    "id" TEXT NOT NULL,
    "segmentId" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "lookedAt" TIMESTAMP(3),
    "assessedAt" TIMESTAMP(3),

    CONSTRAINT "WatchedFolder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WatchedFile" (
    "folderId" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "mtimeMs" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "WatchedFile_pkey" PRIMARY KEY ("folderId","digest")
);

-- CreateTable
CREATE TABLE "WatchedSource" (
    "folderId" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "since" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "WatchedSource_pkey" PRIMARY KEY ("folderId","family")
);

-- CreateIndex
CREATE UNIQUE INDEX "Measurement_segmentId_scope_version_key" ON "Measurement"("segmentId", "scope", "version");

-- CreateIndex
CREATE UNIQUE INDEX "WatchedFolder_segmentId_folder_key" ON "WatchedFolder"("segmentId", "folder");

-- AddForeignKey
ALTER TABLE "Measurement" ADD CONSTRAINT "Measurement_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Measurement" ADD CONSTRAINT "Measurement_importId_fkey" FOREIGN KEY ("importId") REFERENCES "InventoryImport"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MeasurementHost" ADD CONSTRAINT "MeasurementHost_measurementId_fkey" FOREIGN KEY ("measurementId") REFERENCES "Measurement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WatchedFolder" ADD CONSTRAINT "WatchedFolder_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WatchedFile" ADD CONSTRAINT "WatchedFile_folderId_fkey" FOREIGN KEY ("folderId") REFERENCES "WatchedFolder"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WatchedSource" ADD CONSTRAINT "WatchedSource_folderId_fkey" FOREIGN KEY ("folderId") REFERENCES "WatchedFolder"("id") ON DELETE CASCADE ON UPDATE CASCADE;
