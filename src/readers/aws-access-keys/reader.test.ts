import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { corpusPath } from "../../../test/corpus.js";
import { loadEstate } from "../load-estate.js";

it("a key's listing and its last use in another file, named after the key, are one key", async () => {
  const folder = mkdtempSync(join(tmpdir(), "remit-keys-"));
  try {
    const write = (name: string, value: object): void =>
      writeFileSync(join(folder, name), JSON.stringify(value));
    write("111122223333.json", {
      AccessKeyMetadata: [
        { UserName: "ana", AccessKeyId: "AKIAIOSFODNN7EXAMPLE", Status: "Expired", CreateDate: 1714000000.5 },
      ],
    });
    write("111122223333-AKIAIOSFODNN7EXAMPLE.json", {
      UserName: "ana",
      AccessKeyLastUsed: { LastUsedDate: "2024-06-01T00:00:00Z", ServiceName: "s3", Region: "us-east-1" },
    });
    const { estate, rejected } = await loadEstate([folder]);
    expect(rejected).toEqual([]);
    expect(estate.credentials).toMatchObject([
      {
        id: "aws:access-key/AKIAIOSFODNN7EXAMPLE",
        status: "expired",
        createdAt: "2024-04-24T23:06:40.500Z",
        lastUsedAt: "2024-06-01T00:00:00Z",
        lastUsedService: "s3",
      },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("the joined form gives last use, and a key that was never used has none", async () => {
  const { estate } = await loadEstate(
    [corpusPath("estates", "documents", "aws-access-keys", "cartography-access-keys.json")],
    { accountHint: "111122223333" },
  );
  expect(
    estate.credentials.map((item) => [item.holder.split("/").at(-1), item.status, item.lastUsedService]),
  ).toEqual([
    ["user3", "active", undefined],
    ["user1", "inactive", "ec2"],
    ["user1", "active", "s3"],
    ["user2", "active", "lambda"],
  ]);
});
