import { describe, expect, test } from "vitest";
import {
  awsAccount,
  createEstate,
  emptyFacts,
  resourceId,
  type CoverageTopic,
  type Estate,
  type Resource,
} from "../../src/core/estate/index.js";
import { weaknesses } from "../../src/core/findings/index.js";
import { formulas } from "../../src/core/access/recreate/formula-registry.js";
import { analysisOf, prod, roleArn } from "../recreation/real-access.js";
import { policyEstate, testOrigin } from "../policy-estate.js";

/**
 * `none` is the one answer that nobody forgives when it is wrong (interfaces.md, Verdicts; recreation.md 3): it needs
 * the thing itself, its kind, the identities of its account, and a right to ask about. Every weakness of the registry,
 * over estates that lack one of these.
 */
const samples: Readonly<Record<string, string>> = {
  "s3:bucket": "arn:aws:s3:::acme-reports",
  "s3:access-point": `arn:aws:s3:eu-west-1:${prod}:accesspoint/ap`,
  "aws:account": `aws:${prod}`,
  "ec2:security-group": `arn:aws:ec2:eu-west-1:${prod}:security-group/sg-1`,
  "ec2:instance": `arn:aws:ec2:eu-west-1:${prod}:instance/i-1`,
  "ec2:snapshot": `arn:aws:ec2:eu-west-1:${prod}:snapshot/snap-1`,
  "ec2:image": `arn:aws:ec2:eu-west-1:${prod}:image/ami-1`,
  "rds:db-instance": `arn:aws:rds:eu-west-1:${prod}:db:hr`,
  "rds:snapshot": `arn:aws:rds:eu-west-1:${prod}:snapshot:hr`,
  "rds:cluster-snapshot": `arn:aws:rds:eu-west-1:${prod}:cluster-snapshot:hr`,
  "kms:key": `arn:aws:kms:eu-west-1:${prod}:key/1`,
  "lambda:function": `arn:aws:lambda:eu-west-1:${prod}:function:f`,
  "sqs:queue": `arn:aws:sqs:eu-west-1:${prod}:q`,
  "sns:topic": `arn:aws:sns:eu-west-1:${prod}:t`,
  "ecr:repository": `arn:aws:ecr:eu-west-1:${prod}:repository/r`,
  "iam:user": `arn:aws:iam::${prod}:user/u`,
  "iam:role": `arn:aws:iam::${prod}:role/unlisted`,
  "iam:group": `arn:aws:iam::${prod}:group/g`,
  "iam:policy": `arn:aws:iam::${prod}:policy/p`,
  "iam:oidc-provider": `arn:aws:iam::${prod}:oidc-provider/token.actions.githubusercontent.com`,
  "ecs:task-definition": `arn:aws:ecs:eu-west-1:${prod}:task-definition/t:1`,
  "eks:cluster": `arn:aws:eks:eu-west-1:${prod}:cluster/c`,
  "opensearch:domain": `arn:aws:es:eu-west-1:${prod}:domain/d`,
  "azure:storage-account": "/subscriptions/s/resourcegroups/g/providers/microsoft.storage/storageaccounts/a",
  "azure:key-vault": "/subscriptions/s/resourcegroups/g/providers/microsoft.keyvault/vaults/v",
  workload: "workload:etl",
};
const kinds = Object.keys(samples);
const everything: readonly CoverageTopic[] = [
  ...(["iam", "organization", "scp", "rcp", "org-s3-policy", "declarative-policies"] as const),
  ...(["access-keys", "console", "root-credentials"] as const),
];

const bare = (kind: string, id: string): Resource => ({
  id: resourceId(id),
  kind,
  account: awsAccount(prod),
  region: "eu-west-1",
  name: id,
  properties: new Map(),
  policies: new Map(),
  tags: {},
  origin: testOrigin("/resources/0"),
});

/** One account with one role that may do nothing; `covered` says what was collected of it. */
function estateWith(covered: readonly CoverageTopic[], resources: readonly Resource[] = []): Estate {
  const estate = policyEstate({
    accounts: { [prod]: "none" },
    principals: { [roleArn("idle")]: {} },
    ...(covered.includes("iam") ? {} : { uncovered: [prod] }),
    covered: covered.filter((topic) => topic !== "iam").map((topic) => `${topic}|aws:${prod}`),
  });
  const coverage = covered.includes("iam")
    ? estate.coverage
    : estate.coverage.filter((item) => item.topic !== "iam");
  return createEstate({ ...estate, coverage, resources });
}

const ask = (estate: Estate, weakness: string, id: string) =>
  analysisOf(estate).recreate({
    resource: resourceId(id),
    weakness,
    subLocator: "",
    account: awsAccount(prod),
  });

describe.each(weaknesses.map((item) => [item.id, item] as const))("%s is never `none`", (id, weakness) => {
  const own = weakness.resourceKinds.filter((kind) => kind in samples);
  const answers = (estate: (kind: string, arn: string) => Estate, asked: readonly string[]) =>
    asked.map((kind) => {
      const arn = samples[kind] ?? "";
      return [kind, ask(estate(kind, arn), id, arn)] as const;
    });
  const check = (found: ReturnType<typeof answers>): void => {
    for (const [kind, answer] of found) {
      expect(answer.verdict, `${id} on ${kind}`).not.toBe("none");
      if (answer.verdict === "unknown")
        expect(answer.missing.length, `${id} on ${kind} names a fact`).toBeGreaterThan(0);
    }
  };

  test("with an empty estate", () => {
    check(answers(() => createEstate(emptyFacts), kinds));
  });
  test("with identities alone", () => {
    check(
      answers(
        () => estateWith(["iam"]),
        kinds.filter((kind) => kind !== "aws:account"),
      ),
    );
  });
  test("when everything was collected and the thing is not in it", () => {
    check(
      answers(
        () => estateWith(everything),
        kinds.filter((kind) => kind !== "aws:account"),
      ),
    );
  });
  test("when the thing is there and the identities of its account are not", () => {
    check(
      answers(
        (kind, arn) =>
          estateWith(
            everything.filter((topic) => topic !== "iam"),
            [bare(kind, arn)],
          ),
        own,
      ),
    );
  });
  test("on a thing of another kind, whatever was collected", () => {
    check(
      answers(
        (kind, arn) => estateWith(everything, [bare(kind, arn)]),
        kinds.filter(
          (kind) => !formulas.some((row) => row.weaknesses.includes(id) && row.kinds?.includes(kind)),
        ),
      ),
    );
  });
});

test("every formula says which kinds it speaks about, and they are those of the registry", () => {
  for (const formula of formulas) {
    const kinds = formula.weaknesses.map(
      (id) => weaknesses.find((item) => item.id === id)?.resourceKinds ?? [],
    );
    const registered = kinds.flat();
    // A secret may lie anywhere: where the registry names no kind, the formula speaks about any.
    if (!kinds.some((list) => list.length === 0)) expect(formula.kinds, formula.name).toBeDefined();
    for (const kind of formula.kinds ?? []) expect(registered, formula.name).toContain(kind);
  }
});

test("a stale key that is reported on its account: nobody knows which key, so nobody can say (Security Hub IAM.3)", () => {
  const account = bare("aws:account", `aws:${prod}`);
  const found = ask(estateWith(everything, [account]), "iam.key.stale", `aws:${prod}`);
  expect(found.verdict).toBe("unknown");
  expect(found.missing[0]?.fact).toContain("iam.key.stale");
  expect(found.certificate).toBeUndefined();
});
