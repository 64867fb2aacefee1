-- CreateTable
CREATE TABLE "Gap" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "segmentId" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "group" TEXT NOT NULL,
    "component" TEXT,
    "family" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "analytics" TEXT[],
    "cells" INTEGER NOT NULL,
    "points" INTEGER NOT NULL,
    "alone" INTEGER NOT NULL,
    "alonePoints" INTEGER NOT NULL,
    "assessmentId" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "closing" TEXT,
    "owner" TEXT NOT NULL DEFAULT '',
    "due" DATE,
    "reason" TEXT NOT NULL DEFAULT '',
    "expires" DATE,
    "openedAt" TIMESTAMP(3) NOT NULL,
    "changedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Gap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GapEvent" (
    "id" SERIAL NOT NULL,
    "gapId" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "assessmentId" INTEGER,
    "text" TEXT NOT NULL,

    CONSTRAINT "GapEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Gap_key_key" ON "Gap"("key");

-- CreateIndex
CREATE INDEX "Gap_segmentId_idx" ON "Gap"("segmentId");

-- CreateIndex
CREATE INDEX "GapEvent_gapId_idx" ON "GapEvent"("gapId");

-- AddForeignKey
ALTER TABLE "Gap" ADD CONSTRAINT "Gap_segmentId_fkey" FOREIGN KEY ("segmentId") REFERENCES "Segment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GapEvent" ADD CONSTRAINT "GapEvent_gapId_fkey" FOREIGN KEY ("gapId") REFERENCES "Gap"("id") ON DELETE CASCADE ON UPDATE CASCADE;
