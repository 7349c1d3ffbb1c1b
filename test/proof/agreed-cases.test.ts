import { expect, test } from "vitest";
import { names, world } from "../generators/policy-estate.js";
import type { EstateText, PolicyText, PrincipalText } from "../policy-estate.js";
import { checkedPaths, type Checked } from "./checked-paths.js";

/** The smallest estates about which the engine and the independent check once disagreed, each with who was right. */

const everything: PolicyText = { Statement: [{ Effect: "Allow", Action: ["*"], Resource: ["*"] }] };
const allowOf = (action: string, resource: string): PolicyText => ({
  Statement: [{ Effect: "Allow", Action: [action], Resource: [resource] }],
});

/** Keeps whoever rewrites itself from being an administrator of the account, which is one shared cause. */
const notRoles: PolicyText = {
  Statement: [{ Effect: "Deny", Action: ["*"], Resource: [`arn:aws:iam::${world.a}:role/*`] }],
};

function estateOf(
  principals: Readonly<Record<string, PrincipalText>>,
  more: {
    readonly managed?: EstateText["managed"];
    readonly bucket?: PolicyText | null;
    readonly scp?: PolicyText;
  } = {},
): EstateText {
  return {
    accounts: { [world.a]: "o-test", [world.management]: "o-test" },
    principals,
    managed: more.managed ?? {},
    resources: {
      [world.bucket]: { account: world.a, policy: more.bucket ?? null },
      [world.key]: { policy: allowOf("kms:Nothing", "*") },
    },
    organization: {
      management: world.management,
      enabled: ["scp", "rcp"],
      parents: { r: null, [world.a]: "r", [world.management]: "r" },
      policies: [
        { id: "full", type: "scp", targets: ["r", world.a], document: "full" },
        ...(more.scp === undefined
          ? []
          : [{ id: "p-acct", type: "scp" as const, targets: [world.a], document: more.scp }]),
      ],
    },
    covered: [world.a, world.management].flatMap((id) => [`scp|aws:${id}`, `rcp|aws:${id}`]),
  };
}

const ofBucket = (paths: readonly Checked[], leg: "restore" | "bypass"): readonly Checked[] =>
  paths.filter(({ weakness, path }) => weakness === "s3.public" && path.leg === leg);

const noneRefused = (paths: readonly Checked[]): void => {
  for (const { result, told } of paths) expect(result.outcome, told).not.toBe("fails");
};

test("what a Deny leaves only to some requests is said of rights that a rewriting gives (access.md; the engine was wrong)", async () => {
  const paths = await checkedPaths(
    estateOf(
      { [names.ana]: { policies: [allowOf("iam:PutUserPolicy", names.ana)] } },
      {
        scp: notRoles,
        bucket: {
          Statement: [
            {
              Effect: "Deny",
              Principal: "*",
              Action: ["*"],
              Resource: ["*"],
              Condition: { Bool: { "aws:MultiFactorAuthPresent": ["true"] } },
            },
          ],
        },
      },
    ),
  );
  const found = ofBucket(paths, "restore").filter(({ path }) => path.actor === names.ana);
  expect(found.length).toBeGreaterThan(0);
  for (const { path } of found) {
    expect(path.certainty).toBe("conditional");
    expect(path.condition).toContain("unless Bool aws:MultiFactorAuthPresent true");
  }
  noneRefused(paths);
});

test("nobody of another account gives itself rights by a bucket policy that only the owner may write (recreation.md 4 row 1; the engine was wrong)", async () => {
  const paths = await checkedPaths(
    estateOf(
      {},
      {
        bucket: {
          Statement: [
            {
              Effect: "Allow",
              NotPrincipal: { AWS: [world.a] },
              Action: ["*"],
              NotResource: [`${world.bucket}/*`],
              Condition: { StringEquals: { "aws:PrincipalOrgID": ["o-test"] } },
            },
            {
              Effect: "Allow",
              Principal: { AWS: [world.outside] },
              Action: ["*"],
              Resource: [world.bucket],
              Condition: { StringEquals: { "aws:PrincipalOrgID": ["o-test"] } },
            },
          ],
        },
      },
    ),
  );
  const abroad = paths.filter(({ path }) => path.actor.includes(world.outside));
  for (const { path } of abroad) expect(path.hops.map(({ rule }) => rule)).not.toContain("right-granted");
  noneRefused(paths);
});

test("a limit comes off by rights that are held: not by a statement whose condition is false (the engine was wrong)", async () => {
  const paths = await checkedPaths(
    estateOf({
      [names.ana]: {
        policies: [
          {
            Statement: [
              { Effect: "Allow", Action: ["iam:Put*"], Resource: [`arn:aws:iam::${world.a}:role/*`] },
              {
                Effect: "Allow",
                NotAction: ["s3:GetObject"],
                Resource: ["*"],
                Condition: { StringNotEquals: { "aws:PrincipalOrgID": ["o-test"] } },
              },
            ],
          },
        ],
        groups: [names.group],
      },
      [names.etl]: {
        trust: {
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", NotPrincipal: { AWS: [world.a] } }],
        },
      },
      [names.group]: {
        policies: [{ Statement: [{ Effect: "Deny", Action: ["*"], NotResource: ["*"] }] }],
      },
    }),
  );
  expect(paths.filter(({ path }) => path.actor === names.ana)).toEqual([]);
});

test("a new version of the boundary's own policy takes the boundary off (recreation.md 2; the check was wrong)", async () => {
  const shared = `arn:aws:iam::${world.a}:policy/shared`;
  const boundary = `arn:aws:iam::${world.a}:policy/boundary`;
  const paths = await checkedPaths(
    estateOf(
      {
        [names.etl]: {
          attached: [shared],
          boundary,
          trust: {
            Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: [world.outside] } }],
          },
        },
      },
      {
        scp: notRoles,
        managed: {
          [shared]: everything,
          [boundary]: {
            Statement: [{ Effect: "Allow", Action: ["*"], NotResource: [`${world.bucket}/*`] }],
          },
        },
      },
    ),
  );
  const found = ofBucket(paths, "bypass").filter(({ path }) => path.actor === names.etl);
  expect(found.some(({ path }) => path.verdict === true)).toBe(true);
  noneRefused(paths);
});

test("a right that takes a limit off first shows that it comes off, beside one that does not (the engine was wrong)", async () => {
  const shared = `arn:aws:iam::${world.a}:policy/shared`;
  const paths = await checkedPaths(
    estateOf(
      {
        [names.ana]: {
          policies: [{ Statement: [{ Effect: "Allow", Action: ["iam:*"], Resource: ["*"] }] }],
          attached: [shared],
        },
      },
      {
        scp: notRoles,
        managed: {
          [shared]: {
            Statement: [{ Effect: "Deny", Action: ["s3:*"], NotResource: [`${world.bucket}/*`] }],
          },
        },
      },
    ),
  );
  const found = ofBucket(paths, "bypass").filter(({ path }) =>
    path.hops.some(({ action }) => action === "s3:PutAccountPublicAccessBlock"),
  );
  expect(found.length).toBeGreaterThan(0);
  for (const { path } of found)
    expect(path.hops.flatMap(({ asks }) => asks ?? []).map(({ action }) => action)).toContain(
      "iam:DetachUserPolicy",
    );
  noneRefused(paths);
});

test("what refuses a right and may itself come off is said, not passed over (the engine was wrong)", async () => {
  const boundary = `arn:aws:iam::${world.a}:policy/boundary`;
  const paths = await checkedPaths(
    estateOf(
      {
        [names.ana]: {
          policies: [everything],
          boundary,
          tags: { team: "exports" },
        },
        [names.etl]: {
          boundary,
          trust: {
            Statement: [
              {
                Effect: "Allow",
                Action: "sts:AssumeRole",
                Principal: "*",
                Condition: { StringNotLikeIfExists: { "aws:PrincipalTag/team": ["e*"] } },
              },
            ],
          },
        },
        [names.linked]: { immutable: "service-linked" },
      },
      {
        managed: {
          [boundary]: {
            Statement: [
              { Effect: "Allow", Action: ["iam:Put*"], Resource: [`arn:aws:iam::${world.a}:role/*`] },
              { Effect: "Allow", Action: ["*"], Resource: [`${world.bucket}*`] },
            ],
          },
        },
      },
    ),
  );
  const open = paths.flatMap(({ path }) =>
    path.hops.some(({ rule }) => rule === "right-left-open") ? [path] : [],
  );
  expect(open.length).toBeGreaterThan(0);
  for (const { verdict, missing } of open) {
    expect(verdict).toBe("unknown");
    expect(missing.map(({ key }) => key)).toContain(`complexity|limits in turn|${names.etl}`);
  }
  noneRefused(paths);
});

test("an account that is none of ours starts as itself: its path is checked to its end", async () => {
  const paths = await checkedPaths(
    estateOf(
      {},
      {
        bucket: {
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: [world.outside] },
              Action: ["s3:GetObject"],
              Resource: [`${world.bucket}/*`],
            },
          ],
        },
      },
    ),
  );
  const found = paths.filter(({ path }) => path.actor === names.stranger && path.verdict === true);
  expect(found.length).toBeGreaterThan(0);
  for (const { result, told } of found) expect(result.outcome, told).toBe("holds");
});

test("limits taken off and identities newly made are followed right by right (recreation.md 2)", async () => {
  const boundary = `arn:aws:iam::${world.a}:policy/boundary`;
  const outsider: PolicyText = {
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: [world.outside] } }],
  };
  const withRights = (actions: readonly string[], on: string): Promise<readonly Checked[]> =>
    checkedPaths(
      estateOf(
        {
          [names.etl]: {
            policies: [{ Statement: [{ Effect: "Allow", Action: [...actions], Resource: [on] }] }],
            boundary,
            trust: outsider,
          },
        },
        {
          scp: { Statement: [{ Effect: "Deny", Action: ["iam:AttachUserPolicy"], Resource: ["*"] }] },
          managed: {
            [boundary]: {
              Statement: [{ Effect: "Allow", Action: ["iam:*"], Resource: ["*"] }],
            },
          },
        },
      ),
    );
  const freed = await withRights(["iam:PutRolePolicy", "iam:DeleteRolePermissionsBoundary"], names.etl);
  const made = await withRights(
    ["iam:CreateUser", "iam:PutUserPolicy", "iam:CreateAccessKey"],
    `arn:aws:iam::${world.a}:user/*`,
  );
  for (const [paths, rule] of [
    [freed, "iam-005"],
    [made, "new-user"],
  ] as const) {
    const found = paths.filter(({ path }) => path.verdict === true);
    expect(
      found.some(({ path }) => path.hops.some((hop) => hop.rule === rule)),
      rule,
    ).toBe(true);
    for (const { result, told } of found) expect(result.outcome, told).toBe("holds");
  }
});
