-- CreateTable
CREATE TABLE "ProbeSummary" (
    "datasetId" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "probe" TEXT NOT NULL,
    "summary" JSONB NOT NULL,
    "examples" JSONB NOT NULL,

    CONSTRAINT "ProbeSummary_pkey" PRIMARY KEY ("datasetId","family","probe")
);

-- CreateTable
CREATE TABLE "DatasetJoins" (
    "datasetId" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "DatasetJoins_pkey" PRIMARY KEY ("datasetId")
);

-- AddForeignKey
ALTER TABLE "ProbeSummary" ADD CONSTRAINT "ProbeSummary_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DatasetJoins" ADD CONSTRAINT "DatasetJoins_datasetId_fkey" FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id") ON DELETE CASCADE ON UPDATE CASCADE;
