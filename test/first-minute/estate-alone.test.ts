import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { generateLandingZone } from "../generators/landing-zone.js";
import { analysis, table, written } from "./run.js";

/** first-minute.md 1: without findings the same table lists what the estate itself shows to be weak. */
const zone = written(generateLandingZone({ accounts: 4, seed: 5 }).estate);
const calm = written([
  {
    path: "gaad-444444444444.json",
    text: JSON.stringify({
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: [
        {
          Path: "/",
          RoleName: "idle",
          RoleId: "AROAEXAMPLE",
          Arn: "arn:aws:iam::444444444444:role/idle",
          CreateDate: "2025-01-01T00:00:00Z",
          AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] },
          InstanceProfileList: [],
          RolePolicyList: [],
          AttachedManagedPolicies: [],
          Tags: [],
        },
      ],
      Policies: [],
      IsTruncated: false,
    }),
  },
]);
afterAll(() => {
  zone.remove();
  calm.remove();
});

test("public buckets, old keys and standing administrators are found in the documents alone", async () => {
  const found = await analysis({ estate: [zone.folder] });
  const exposures = found.cases.flatMap((item) => item.exposures);
  const site = exposures.find((item) => item.resource === "arn:aws:s3:::acme-200000000000-site");
  expect(site).toMatchObject({ weakness: "s3.public", state: "open", findings: [] });
  expect(site?.now?.evidence[0]?.document).toContain(join("account-200000000000", "s3.json"));
  expect(exposures.map((item) => item.weakness)).toContain("iam.key.stale");
  // A bucket whose policy names nobody is none.
  expect(exposures.map((item) => item.resource)).not.toContain("arn:aws:s3:::acme-200000000000-data");
  const { out } = await table({ estate: [zone.folder] });
  expect(out).toMatch(/no findings were supplied: \d+ exposures read from the estate itself/);
});

test("with nothing found and nothing tested: counts, and no claim that all is well", async () => {
  const { exit, out } = await table({ estate: [calm.folder] });
  expect(exit).toBe(0);
  // Nobody reported anything and one identity was read: that is no proof that nothing can come back.
  expect(out).toContain("nothing was tested");
  expect(out).not.toContain("nothing ungoverned");
  expect(out).toMatch(/1 account .* identit/);
});
