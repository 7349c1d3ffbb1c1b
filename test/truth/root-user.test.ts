import { describe, expect, test } from "vitest";
import { resourceId, type Estate } from "../../src/core/estate/index.js";
import type { EstateText } from "../policy-estate.js";
import { analysisOf, blocks, bucketArn, bucketEstate, prod, roleArn } from "../recreation/real-access.js";

/**
 * The floor is a root user without key and with MFA. A root key, or root without MFA, is band 2; not collected is
 * unknown (recreation.md 3). Nothing of it is `none`.
 */
const account = `aws:${prod}`;
const idle = { [roleArn("idle")]: {} };
interface Root {
  readonly key?: boolean;
  readonly mfa?: boolean;
}
const estate = ({ key, mfa }: Root, more: Partial<EstateText> = {}): Estate =>
  bucketEstate(idle, {
    ...more,
    resources: {
      [account]: {
        kind: "aws:account",
        account: prod,
        properties: {
          ...blocks("s3.", false),
          ...(key === undefined ? {} : { "root.accessKeyActive": key }),
          ...(mfa === undefined ? {} : { "root.mfa": mfa }),
        },
      },
    },
  });
const ask = (weakness: string, root: Root, more: Partial<EstateText> = {}) =>
  analysisOf(estate(root, more)).recreate({
    resource: resourceId(weakness.startsWith("iam.root") ? account : bucketArn),
    weakness,
    subLocator: "",
  });
const refuseRoot = (action: string): Partial<EstateText> => ({
  accounts: { [prod]: "o-test", "999999999999": "o-test" },
  covered: ["organization", "scp", "rcp", "root-credentials"].map((topic) => `${topic}|${account}`),
  organization: {
    management: "999999999999",
    parents: { "r-1": null, [prod]: "r-1", "999999999999": "r-1" },
    policies: [
      { id: "p-FullAWSAccess", type: "scp", document: "full", targets: ["r-1", prod, "999999999999"] },
      {
        id: "p-root",
        type: "scp",
        targets: ["r-1"],
        document: { Statement: [{ Effect: "Deny", Action: action, Resource: "*" }] },
      },
    ],
    enabled: ["scp"],
  },
});

describe("a key of the root user that was deleted (row 10b)", () => {
  test("root without MFA signs in and makes another one: band 2", () => {
    const found = ask("iam.root-key", { key: true, mfa: false });
    expect(found).toMatchObject({ verdict: "possible", band: 2 });
    expect(found.paths[0]).toMatchObject({ kind: "root", leg: "restore", band: 2, verdict: true });
    expect(found.paths[0]?.because).toBe("root without second factor: it makes a new key");
    expect(found.paths[0]?.hops.map((hop) => hop.cause)).toEqual(["root", "root"]);
  });

  test("with MFA only the floor is left", () => {
    expect(ask("iam.root-key", { key: true, mfa: true })).toMatchObject({
      verdict: "none",
      basis: ["floor"],
    });
  });

  test("nobody collected the second factor: unknown, and named", () => {
    const found = ask("iam.root-key", { key: true });
    expect(found.verdict).toBe("unknown");
    expect(found.missing.map((fact) => fact.key)).toEqual([`root-credentials|${account}`]);
  });

  test("an SCP binds the root user of a member account: no new key", () => {
    const found = ask("iam.root-key", { key: true, mfa: false }, refuseRoot("iam:CreateAccessKey"));
    expect(found.paths.filter((path) => path.kind === "root")).toEqual([]);
  });
});

describe("a root user whose MFA was switched on (row 10b)", () => {
  test("with a live root key nobody knows whether the device can be taken away again", () => {
    const found = ask("iam.root-mfa", { key: true, mfa: false });
    expect(found.verdict).toBe("unknown");
    expect(found.missing.map((fact) => fact.key)).toEqual([`root-mfa-by-key|${account}`]);
  });

  test("without key only the floor is left; a key that nobody collected is unknown", () => {
    expect(ask("iam.root-mfa", { key: false, mfa: false }).verdict).toBe("none");
    expect(ask("iam.root-mfa", { mfa: false }).verdict).toBe("unknown");
  });
});

describe("every other exposure: a root user that is no floor is an administrator, not nobody", () => {
  test.each([
    ["a key", { key: true, mfa: true }],
    ["no MFA", { key: false, mfa: false }],
  ])("root with %s: `only administrators`, and the shared case says by which way in", (_, root) => {
    const found = ask("s3.public", root);
    expect(found).toMatchObject({ verdict: "governed", basis: ["expected"] });
    expect(found.sharedCauses).toEqual([`administrators|${account}`]);
    const shared = analysisOf(estate(root)).sharedCauses([
      { resource: resourceId(bucketArn), weakness: "s3.public", subLocator: "" },
    ]);
    expect(shared).toMatchObject([{ band: 2, members: [`arn:aws:iam::${prod}:root`] }]);
    expect(shared[0]?.entries[0]?.entry.kind).toBe("root");
  });

  test("key and second factor not collected: unknown, and the fact is named", () => {
    const found = ask("s3.public", {});
    expect(found.verdict).toBe("unknown");
    expect(found.missing.map((fact) => fact.key)).toEqual([`root-credentials|${account}`]);
    expect(found.certificate).toBeUndefined();
  });

  test("without key and with MFA it is the floor", () => {
    expect(ask("s3.public", { key: false, mfa: true })).toMatchObject({ verdict: "none", basis: ["floor"] });
  });
});
