import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createEstate, resourceId, type Estate, type EstateFacts } from "../../src/core/estate/index.js";
import type { Verdict } from "../../src/core/access/index.js";
import type { PrincipalText, StatementText } from "../policy-estate.js";
import { runs } from "../settings.js";
import {
  accessKey,
  analysisOf,
  bucketArn,
  bucketEstate,
  prod,
  roleArn,
  trusts,
  userArn,
} from "./real-access.js";

const names = ["etl", "deploy", "reader", "ops"] as const;
const question = { resource: resourceId(bucketArn), weakness: "s3.public", subLocator: "" };
const ask = (estate: Estate) => analysisOf(estate).recreate(question);

const action = fc.constantFrom(
  "s3:PutBucketPolicy",
  "s3:Put*",
  "s3:*",
  "s3:GetObject",
  "sts:AssumeRole",
  "s3:PutBucketPublicAccessBlock",
  "iam:PutRolePolicy",
  "iam:CreateAccessKey",
  "*",
);
const resource = fc.constantFrom(
  "*",
  bucketArn,
  `${bucketArn}/*`,
  roleArn("etl"),
  userArn("ops"),
  "arn:aws:s3:::other",
);
const statement = fc.record({
  Effect: fc.constantFrom("Allow" as const, "Allow" as const, "Allow" as const, "Deny" as const),
  Action: action,
  Resource: resource,
});
const identity = fc.record({
  policies: fc.array(
    fc.array(statement, { minLength: 1, maxLength: 2 }).map((Statement) => ({ Statement })),
    { maxLength: 2 },
  ),
  trusted: fc.constantFrom("root", "github", "lambda"),
});

interface Small {
  readonly estate: Estate;
  readonly principals: Readonly<Record<string, PrincipalText>>;
  readonly blocked: boolean;
}

const trustOf = {
  root: trusts({ AWS: `arn:aws:iam::${prod}:root` }),
  github: trusts(
    { Federated: `arn:aws:iam::${prod}:oidc-provider/token.actions.githubusercontent.com` },
    { StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme*" } },
    "sts:AssumeRoleWithWebIdentity",
  ),
  lambda: trusts({ Service: "lambda.amazonaws.com" }),
};

const small = fc
  .tuple(fc.tuple(identity, identity, identity, identity), fc.boolean(), fc.boolean())
  .map(([identities, keyed, blocked]): Small => {
    const principals: Record<string, PrincipalText> = {};
    identities.forEach((item, at) => {
      const name = names[at] ?? "x";
      if (name === "ops" || name === "reader") principals[userArn(name)] = { policies: item.policies };
      else
        principals[roleArn(name)] = {
          policies: item.policies,
          ...trustOf[item.trusted],
        };
    });
    return { estate: build(principals, blocked, keyed), principals, blocked: blocked && keyed };
  });

function build(
  principals: Readonly<Record<string, PrincipalText>>,
  blocked: boolean,
  keyed: boolean,
): Estate {
  const estate = bucketEstate(principals, {}, keyed ? { credentials: [accessKey(userArn("ops"))] } : {});
  if (!blocked) return estate;
  const resources = estate.resources.map((item) =>
    item.id === bucketArn
      ? {
          ...item,
          properties: new Map(
            [...item.properties].map(([name, value]) => [
              name,
              name === "publicAccessBlock.BlockPublicPolicy" ? { ...value, value: true } : value,
            ]),
          ),
        }
      : item,
  );
  return createEstate({ ...estate, resources });
}

const badness: Readonly<Record<Verdict, number>> = { none: 0, governed: 1, unknown: 2, possible: 3 };

describe("what is taken away is never read as a no (first-minute.md 3.4)", () => {
  type Removal = (facts: EstateFacts) => Partial<EstateFacts>;
  const removals: readonly (readonly [string, Removal])[] = [
    [
      "the bucket's block settings",
      (facts) => ({
        resources: facts.resources.map((item) =>
          item.id === bucketArn
            ? {
                ...item,
                properties: new Map(
                  [...item.properties].filter(([name]) => !name.startsWith("publicAccessBlock")),
                ),
              }
            : item,
        ),
      }),
    ],
    [
      "the bucket's policy",
      (facts) => ({
        resources: facts.resources.map(({ policies, ...item }) =>
          item.id === bucketArn || policies === undefined ? item : { ...item, policies },
        ),
      }),
    ],
    [
      "the account's document",
      (facts) => ({ resources: facts.resources.filter((item) => item.kind !== "aws:account") }),
    ],
    [
      "the identities",
      (facts) => ({ principals: [], coverage: facts.coverage.filter((item) => item.topic !== "iam") }),
    ],
    [
      "the access keys",
      (facts) => ({
        credentials: [],
        coverage: facts.coverage.filter((item) => item.topic !== "access-keys"),
      }),
    ],
    [
      "the organisation",
      (facts) => ({
        accounts: facts.accounts.map(({ organization: _, ...item }) => item),
        coverage: facts.coverage.filter(
          (item) =>
            item.topic !== "scp" &&
            item.topic !== "organization" &&
            item.topic !== "rcp" &&
            item.topic !== "org-s3-policy",
        ),
      }),
    ],
  ];
  test.each(removals)("%s", (_, removal) => {
    fc.assert(
      fc.property(small, ({ estate }) => {
        const before = ask(estate).verdict;
        const after = ask(createEstate({ ...estate, ...removal(estate) })).verdict;
        if (before === "possible" || before === "unknown") expect(["possible", "unknown"]).toContain(after);
      }),
      { numRuns: runs.slowProperty },
    );
  });
});

test("a further Deny never makes a verdict worse", () => {
  const deny = fc.record({ Effect: fc.constant("Deny" as const), Action: action, Resource: resource });
  fc.assert(
    fc.property(
      small,
      fc.nat({ max: 3 }),
      deny,
      ({ principals, blocked }, at, statementToAdd: StatementText) => {
        const id = Object.keys(principals).sort()[at] ?? "";
        const tighter = {
          ...principals,
          [id]: {
            ...principals[id],
            policies: [...(principals[id]?.policies ?? []), { Statement: [statementToAdd] }],
          },
        };
        const before = ask(build(principals, blocked, true));
        const after = ask(build(tighter, blocked, true));
        // A Deny may take an administrator out of the shared case: then its own ways show, which were always there.
        if (before.sharedCauses.length > 0) return;
        expect(badness[after.verdict]).toBeLessThanOrEqual(badness[before.verdict]);
      },
    ),
    { numRuns: runs.slowProperty * 2 },
  );
});

test("verdict and paths agree, and paths are in order (recreation.md 3)", () => {
  fc.assert(
    fc.property(small, ({ estate }) => {
      const found = ask(estate);
      const counted = found.paths.filter((path) => path.band <= 2 && path.colluding !== true);
      expect(found.verdict === "possible").toBe(counted.some((path) => path.verdict === true));
      if (found.verdict === "none" || found.verdict === "governed") {
        expect(counted).toEqual([]);
        expect(found.missing).toEqual([]);
        expect(found.certificate).toBeDefined();
      }
      if (found.verdict === "unknown") expect(found.missing.length).toBeGreaterThan(0);
      for (const path of found.paths) {
        expect(path.hops[path.recurrenceHop]).toBeDefined();
        if (path.verdict === "unknown") expect(path.missing.length).toBeGreaterThan(0);
      }
      expect(new Set(found.paths.map((path) => path.route)).size).toBe(found.paths.length);
    }),
    { numRuns: runs.slowProperty },
  );
});

test("the sample world reaches every verdict but governed by sanction", () => {
  const seen = new Set(fc.sample(small, { numRuns: 150, seed: 3 }).map(({ estate }) => ask(estate).verdict));
  expect([...seen].sort()).toEqual(["governed", "none", "possible"]);
});
