-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "CatalogSnapshot" (
    "id" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "release" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "releaseFrom" TEXT NOT NULL,
    "detectOnly" BOOLEAN NOT NULL DEFAULT false,
    "current" BOOLEAN NOT NULL DEFAULT false,
    "retiredAt" TIMESTAMP(3),
    "importedAt" TIMESTAMP(3) NOT NULL,
    "importedBy" TEXT NOT NULL,
    "objectCount" INTEGER NOT NULL,
    "issueCount" INTEGER NOT NULL,
    "counts" JSONB NOT NULL,

    CONSTRAINT "CatalogSnapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CatalogRaw" (
    "sha256" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "CatalogRaw_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "CatalogObject" (
    "snapshotId" TEXT NOT NULL,
    "stixId" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "attackId" TEXT,
    "name" TEXT,
    "version" TEXT,
    "created" TEXT,
    "modified" TEXT,
    "revoked" BOOLEAN NOT NULL,
    "deprecated" BOOLEAN NOT NULL,
    "rawSha256" TEXT,
    "normalizedSha256" TEXT NOT NULL,

    CONSTRAINT "CatalogObject_pkey" PRIMARY KEY ("snapshotId","stixId")
);

-- CreateTable
CREATE TABLE "CatalogEntity" (
    "snapshotId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "attackId" TEXT NOT NULL,
    "stixId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "doc" JSONB NOT NULL,

    CONSTRAINT "CatalogEntity_pkey" PRIMARY KEY ("snapshotId","kind","attackId")
);

-- CreateTable
CREATE TABLE "CatalogIssue" (
    "snapshotId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "severity" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "stixId" TEXT,
    "attackId" TEXT,
    "message" TEXT NOT NULL,

    CONSTRAINT "CatalogIssue_pkey" PRIMARY KEY ("snapshotId","seq")
);

-- CreateTable
CREATE TABLE "Segment" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "assets" INTEGER NOT NULL,
    "criticality" INTEGER NOT NULL,
    "owner" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[],
    "timeZone" TEXT,
    "targetMillionths" INTEGER,
    "targetDate" DATE,
    "targetOwner" TEXT,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "updatedAt" TIMESTAMP(3) NOT NULL,
    "retiredAt" TIMESTAMP(3),

    CONSTRAINT "Segment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SegmentPlatform" (
    "segmentId" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "hosts" INTEGER,

    CONSTRAINT "SegmentPlatform_pkey" PRIMARY KEY ("segmentId","platform")
);

-- CreateTable
CREATE TABLE "RosterHost" (
    "segmentId" TEXT NOT NULL,
    "hostKey" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "platform" TEXT NOT NULL,

    CONSTRAINT "RosterHost_pkey" PRIMARY KEY ("segmentId","hostKey")
);

-- CreateTable
CREATE TABLE "InventoryImport" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileDigest" TEXT NOT NULL,
    "understood" INTEGER NOT NULL,
    "refusals" JSONB NOT NULL,
    "losses" JSONB NOT NULL,
    "changes" JSONB NOT NULL,

    CONSTRAINT "InventoryImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Claim" (
    "id" TEXT NOT NULL,
    "segmentId" TEXT NOT NULL,
    "importId" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "logSource" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "component" TEXT NOT NULL,
    "hostsReporting" INTEGER,
    "latencyP95S" INTEGER,
    "retentionDays" INTEGER,
    "basis" TEXT NOT NULL,
    "asOf" DATE,
    "note" TEXT NOT NULL,
    "quality" JSONB,

    CONSTRAINT "Claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "KeptFile" (
    "digest" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "name" TEXT NOT NULL,
    "storedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "KeptFile_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "Dataset" (
    "id" TEXT NOT NULL,
    "segmentId" TEXT NOT NULL,
    "contentDigest" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "formatForced" BOOLEAN NOT NULL DEFAULT false,
    "origin" TEXT NOT NULL,
    "label" TEXT,
    "extraction" JSONB NOT NULL,
    "options" JSONB NOT NULL,
    "optionsDigest" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "records" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "untimed" INTEGER NOT NULL,
    "firstMs" BIGINT,
    "lastMs" BIGINT,
    "warnings" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "deriverId" TEXT NOT NULL,
    "deriverVersion" INTEGER NOT NULL,
    "deriverInput" TEXT NOT NULL,
    "importedAt" TIMESTAMP(3) NOT NULL,
    "importedBy" TEXT NOT NULL,

    CONSTRAINT "Dataset_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DatasetRefusal" (
    "datasetId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "firstRecord" INTEGER NOT NULL,
    "message" TEXT NOT NULL,
    "example" TEXT NOT NULL,

    CONSTRAINT "DatasetRefusal_pkey" PRIMARY KEY ("datasetId","reason")
);

-- CreateTable
CREATE TABLE "RecordKind" (
    "id" SERIAL NOT NULL,
    "family" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "RecordKind_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FillShape" (
    "id" SERIAL NOT NULL,
    "digest" TEXT NOT NULL,
    "fields" TEXT[],

    CONSTRAINT "FillShape_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventAggregate" (
    "datasetId" TEXT NOT NULL,
    "kindId" INTEGER NOT NULL,
    "host" TEXT NOT NULL,
    "shapeId" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL,
    "count" INTEGER NOT NULL,
    "firstMs" BIGINT,
    "lastMs" BIGINT,

    CONSTRAINT "EventAggregate_pkey" PRIMARY KEY ("datasetId","kindId","host","shapeId","hour")
);

-- CreateTable
CREATE TABLE "RecordIndexPart" (
    "datasetId" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "firstHour" INTEGER NOT NULL,
    "lastHour" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "RecordIndexPart_pkey" PRIMARY KEY ("datasetId","part")
);

-- CreateTable
CREATE TABLE "EventExample" (
    "datasetId" TEXT NOT NULL,
    "recordNumber" INTEGER NOT NULL,
    "kindId" INTEGER NOT NULL,
    "shapeId" INTEGER NOT NULL,
    "host" TEXT NOT NULL,
    "timeMs" BIGINT,
    "offset" BIGINT NOT NULL,
    "length" INTEGER NOT NULL,
    "raw" TEXT NOT NULL,
    "fields" JSONB NOT NULL,

    CONSTRAINT "EventExample_pkey" PRIMARY KEY ("datasetId","recordNumber")
);

-- CreateTable
CREATE TABLE "PolicyVersion" (
    "version" INTEGER NOT NULL,
    "doc" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "PolicyVersion_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "Exclusion" (
    "id" TEXT NOT NULL,
    "analytic" TEXT NOT NULL,
    "segmentId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "expires" DATE NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "Exclusion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Assessment" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "ranAt" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "domains" TEXT[],
    "releases" JSONB NOT NULL,
    "policyVersion" INTEGER NOT NULL,
    "engine" TEXT NOT NULL,
    "inputDigest" TEXT NOT NULL,
    "resultDigest" TEXT NOT NULL,
    "runLater" BOOLEAN NOT NULL,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "report" JSONB NOT NULL,
    "analytics" JSONB NOT NULL,
    "gaps" JSONB NOT NULL,
    "jobId" TEXT,
    "complete" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Assessment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AssessmentSegment" (
    "assessmentId" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "segmentId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "doc" JSONB NOT NULL,
    "notApplicable" JSONB NOT NULL,

    CONSTRAINT "AssessmentSegment_pkey" PRIMARY KEY ("assessmentId","position")
);

-- CreateTable
CREATE TABLE "Cell" (
    "assessmentId" INTEGER NOT NULL,
    "segment" SMALLINT NOT NULL,
    "analytic" TEXT NOT NULL,
    "status" SMALLINT NOT NULL,
    "score" INTEGER,
    "reach" INTEGER NOT NULL,
    "flags" INTEGER NOT NULL,
    "hosts" INTEGER NOT NULL,
    "matchedIn" TEXT,
    "detailId" INTEGER NOT NULL,
    "lines" INTEGER[],

    CONSTRAINT "Cell_pkey" PRIMARY KEY ("assessmentId","analytic","segment")
);

-- CreateTable
CREATE TABLE "CellDetail" (
    "id" SERIAL NOT NULL,
    "digest" TEXT NOT NULL,
    "doc" JSONB NOT NULL,

    CONSTRAINT "CellDetail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Job" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "input" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "progressDone" BIGINT NOT NULL DEFAULT 0,
    "progressTotal" BIGINT,
    "progressText" TEXT NOT NULL DEFAULT '',
    "result" JSONB,
    "error" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "cancelRequested" BOOLEAN NOT NULL DEFAULT false,
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,
    "startedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    "actor" TEXT NOT NULL,

    CONSTRAINT "Job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "authenticated" BOOLEAN NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "Setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "Setting_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "CatalogSnapshot_domain_release_key" ON "CatalogSnapshot"("domain", "release");

-- CreateIndex
CREATE INDEX "CatalogObject_attackId_idx" ON "CatalogObject"("attackId");

-- CreateIndex
CREATE INDEX "CatalogObject_rawSha256_idx" ON "CatalogObject"("rawSha256");

-- CreateIndex
CREATE INDEX "CatalogEntity_attackId_idx" ON "CatalogEntity"("attackId");

-- CreateIndex
CREATE UNIQUE INDEX "Segment_nameKey_key" ON "Segment"("nameKey");

-- CreateIndex
CREATE UNIQUE INDEX "Claim_segmentId_identity_key" ON "Claim"("segmentId", "identity");

-- CreateIndex
CREATE UNIQUE INDEX "Dataset_segmentId_contentDigest_key" ON "Dataset"("segmentId", "contentDigest");

-- CreateIndex
CREATE UNIQUE INDEX "RecordKind_family_key_key" ON "RecordKind"("family", "key");

-- CreateIndex
CREATE UNIQUE INDEX "FillShape_digest_key" ON "FillShape"("digest");

-- CreateIndex
CREATE INDEX "EventExample_datasetId_kindId_idx" ON "EventExample"("datasetId", "kindId");

-- CreateIndex
CREATE UNIQUE INDEX "CellDetail_digest_key" ON "CellDetail"("digest");

-- CreateIndex
CREATE INDEX "Job_state_createdAt_idx" ON "Job"("state", "createdAt");

-- AddForeignKey
ALTER TABLE "CatalogObject" ADD CONSTRAINT "CatalogObject_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "CatalogSnapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CatalogEntity" ADD CONSTRAINT "CatalogEntity_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "CatalogSnapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CatalogIssue" ADD CONSTRAINT "CatalogIssue_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "CatalogSnapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SegmentPlatform" ADD CONSTRAINT "SegmentPlatform_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RosterHost" ADD CONSTRAINT "RosterHost_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Claim" ADD CONSTRAINT "Claim_importId_fkey" FOREIGN KEY ("importId") REFERENCES "InventoryImport"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetRefusal" ADD CONSTRAINT "DatasetRefusal_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventAggregate" ADD CONSTRAINT "EventAggregate_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RecordIndexPart" ADD CONSTRAINT "RecordIndexPart_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventExample" ADD CONSTRAINT "EventExample_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AssessmentSegment" ADD CONSTRAINT "AssessmentSegment_assessmentId_fkey" FOREIGN KEY ("assessmentId") REFERENCES "Assessment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Cell" ADD CONSTRAINT "Cell_assessmentId_fkey" FOREIGN KEY ("assessmentId") REFERENCES "Assessment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- prisma/sql/audit-append-only.sql
-- The audit log only grows. A superuser can still switch a trigger off: what proves the log is its hash chain.
create function sightline_refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only: % refused', tg_op using errcode = 'insufficient_privilege';
end
$$;

create trigger "AuditEntry_append_only" before update or delete on "AuditEntry"
  for each row execute function sightline_refuse_audit_change();

create trigger "AuditEntry_no_truncate" before truncate on "AuditEntry"
  for each statement execute function sightline_refuse_audit_change();
