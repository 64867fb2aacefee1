-- CreateTable
CREATE TABLE "WeightProfileVersion" (
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "source" JSONB NOT NULL,
    "techniques" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "createdBy" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "WeightProfileVersion_pkey" PRIMARY KEY ("name","version")
);

-- CreateTable
CREATE TABLE "WeightChoice" (
    "seq" SERIAL NOT NULL,
    "profile" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "WeightChoice_pkey" PRIMARY KEY ("seq")
);
