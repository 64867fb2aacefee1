-- CreateTable
CREATE TABLE "RuleSource" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "pack" TEXT,

    CONSTRAINT "RuleSource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RuleImport" (
    "id" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "fileDigest" TEXT NOT NULL,
    "counts" JSONB NOT NULL,
    "refusals" JSONB NOT NULL,
    "warnings" JSONB NOT NULL,

    CONSTRAINT "RuleImport_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RuleText" (
    "id" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "RuleText_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Rule" (
    "id" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "textId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "sigmaId" TEXT,
    "name" TEXT,
    "title" TEXT NOT NULL,
    "status" TEXT,
    "level" TEXT,
    "author" TEXT,
    "license" TEXT,
    "description" TEXT,
    "date" TEXT,
    "modified" TEXT,
    "references" TEXT[],
    "tags" TEXT[],
    "falsePositives" TEXT[],
    "product" TEXT,
    "category" TEXT,
    "service" TEXT,
    "fields" TEXT[],
    "refusal" JSONB,
    "digest" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMP(3) NOT NULL,
    "changedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Rule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RuleLink" (
    "ruleId" TEXT NOT NULL,
    "analytic" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "because" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMP(3),
    "proposedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "RuleLink_pkey" PRIMARY KEY ("ruleId","analytic")
);

-- CreateTable
CREATE TABLE "FieldMapping" (
    "id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "doc" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "FieldMapping_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pack" (
    "analytic" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "release" TEXT NOT NULL,
    "doc" JSONB NOT NULL,
    "ownTests" JSONB NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "current" BOOLEAN NOT NULL,
    "loadedAt" TIMESTAMP(3) NOT NULL,
    "loadedBy" TEXT NOT NULL,

    CONSTRAINT "Pack_pkey" PRIMARY KEY ("analytic","version")
);

-- CreateTable
CREATE TABLE "PackFile" (
    "analytic" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "PackFile_pkey" PRIMARY KEY ("analytic","version","path")
);

-- CreateTable
CREATE TABLE "RuleTuning" (
    "id" TEXT NOT NULL,
    "segmentId" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "values" TEXT[],
    "unit" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "expires" DATE,
    "effect" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "RuleTuning_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DetectionTest" (
    "id" TEXT NOT NULL,
    "analytic" TEXT NOT NULL,
    "segmentId" TEXT NOT NULL,
    "positiveDigest" TEXT NOT NULL,
    "positiveName" TEXT NOT NULL,
    "positiveFormat" TEXT,
    "positiveHost" TEXT,
    "positiveOrigin" TEXT NOT NULL,
    "negativeDigest" TEXT NOT NULL,
    "negativeName" TEXT NOT NULL,
    "negativeFormat" TEXT,
    "negativeHost" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "removedAt" TIMESTAMP(3),
    "removedBy" TEXT,

    CONSTRAINT "DetectionTest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TestRun" (
    "id" TEXT NOT NULL,
    "testId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "matchedIn" TEXT,
    "inputDigest" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "TestRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SiemRule" (
    "id" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "externalId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ruleId" TEXT,
    "matchedBy" TEXT NOT NULL,
    "enabled" BOOLEAN,
    "schedule" TEXT NOT NULL,
    "lastRun" TIMESTAMP(3),
    "lastAlert" TIMESTAMP(3),
    "query" TEXT NOT NULL,
    "tags" TEXT[],
    "asOf" TIMESTAMP(3) NOT NULL,
    "importId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,

    CONSTRAINT "SiemRule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SiemAlert" (
    "id" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "alertId" TEXT NOT NULL,
    "ruleName" TEXT NOT NULL,
    "ruleId" TEXT,
    "host" TEXT NOT NULL,
    "hostKey" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "importId" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,

    CONSTRAINT "SiemAlert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RuleCheckRun" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "inputDigest" TEXT NOT NULL,
    "counts" JSONB NOT NULL,

    CONSTRAINT "RuleCheckRun_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RuleCheck" (
    "runId" TEXT NOT NULL,
    "ruleId" TEXT NOT NULL,
    "segmentId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "field" TEXT,
    "hosts" INTEGER NOT NULL,
    "hostsOf" INTEGER NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "RuleCheck_pkey" PRIMARY KEY ("runId","ruleId","segmentId")
);

-- CreateIndex
CREATE UNIQUE INDEX "RuleSource_name_key" ON "RuleSource"("name");

-- CreateIndex
CREATE UNIQUE INDEX "RuleText_sourceId_path_key" ON "RuleText"("sourceId", "path");

-- CreateIndex
CREATE INDEX "Rule_sigmaId_idx" ON "Rule"("sigmaId");

-- CreateIndex
CREATE UNIQUE INDEX "Rule_sourceId_key_key" ON "Rule"("sourceId", "key");

-- CreateIndex
CREATE INDEX "RuleLink_analytic_idx" ON "RuleLink"("analytic");

-- CreateIndex
CREATE UNIQUE INDEX "FieldMapping_scope_version_key" ON "FieldMapping"("scope", "version");

-- CreateIndex
CREATE UNIQUE INDEX "RuleTuning_segmentId_scope_name_version_key" ON "RuleTuning"("segmentId", "scope", "name", "version");

-- CreateIndex
CREATE INDEX "DetectionTest_analytic_segmentId_idx" ON "DetectionTest"("analytic", "segmentId");

-- CreateIndex
CREATE INDEX "TestRun_testId_at_idx" ON "TestRun"("testId", "at");

-- CreateIndex
CREATE INDEX "SiemRule_ruleId_idx" ON "SiemRule"("ruleId");

-- CreateIndex
CREATE UNIQUE INDEX "SiemRule_system_externalId_key" ON "SiemRule"("system", "externalId");

-- CreateIndex
CREATE INDEX "SiemAlert_ruleId_at_idx" ON "SiemAlert"("ruleId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "SiemAlert_system_alertId_key" ON "SiemAlert"("system", "alertId");

-- CreateIndex
CREATE INDEX "RuleCheckRun_at_idx" ON "RuleCheckRun"("at");

-- AddForeignKey
ALTER TABLE "RuleImport" ADD CONSTRAINT "RuleImport_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "RuleSource"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RuleText" ADD CONSTRAINT "RuleText_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "RuleSource"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rule" ADD CONSTRAINT "Rule_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "RuleSource"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Rule" ADD CONSTRAINT "Rule_textId_fkey" FOREIGN KEY ("textId") REFERENCES "RuleText"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RuleLink" ADD CONSTRAINT "RuleLink_ruleId_fkey" FOREIGN KEY ("ruleId") REFERENCES "Rule"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PackFile" ADD CONSTRAINT "PackFile_analytic_version_fkey" FOREIGN KEY ("analytic", "version") REFERENCES "Pack"("analytic", "version") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RuleTuning" ADD CONSTRAINT "RuleTuning_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DetectionTest" ADD CONSTRAINT "DetectionTest_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TestRun" ADD CONSTRAINT "TestRun_testId_fkey" FOREIGN KEY ("testId") REFERENCES "DetectionTest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RuleCheck" ADD CONSTRAINT "RuleCheck_runId_fkey" FOREIGN KEY ("runId") REFERENCES "RuleCheckRun"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RuleCheck" ADD CONSTRAINT "RuleCheck_ruleId_fkey" FOREIGN KEY ("ruleId") REFERENCES "Rule"("id") ON DELETE CASCADE ON UPDATE CASCADE;
