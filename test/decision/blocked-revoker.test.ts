import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readinessSchema } from "../../src/contract/index.js";
import { createAccessEngine } from "../../src/core/access/index.js";
import { createOwnerFinder } from "../../src/core/accountability/index.js";
import { accountId, type Evidence } from "../../src/core/estate/index.js";
import { loadCatalogue } from "../../src/readers/catalogue/index.js";
import { loadEstate, loadReferenceData } from "../../src/readers/index.js";
import { nothing } from "../ownership.js";
import { runRemit } from "../run-remit.js";

/**
 * Issue 5, done when 4: somebody is named to revoke, the role that they sign in as holds the right, and an SCP of the
 * organisation takes it away: `cannot`, with the statement of that SCP, and the people who can.
 */
const folder = mkdtempSync(join(tmpdir(), "remit-blocked-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const now = "2026-11-22T12:00:00Z";
const number = "222222222222";
const arn = (rest: string): string => `arn:aws:iam::${number}:${rest}`;
const shop = arn("role/shop");

const policy = (...Statement: readonly object[]) => ({ Version: "2012-10-17", Statement });
const may = policy({ Effect: "Allow", Action: ["iam:PutRolePolicy"], Resource: "*" });
const mine = { policies: [{ name: "own", document: may }] };
const tree = ["r-1", "ou-1", number];
const estate = (exempt: readonly string[]) => ({
  schema: "remit.estate/1",
  source: "test",
  observedAt: now,
  accounts: [{ id: `aws:${number}`, name: "prod", organization: "o-test" }],
  organizations: [
    {
      id: "o-test",
      managementAccount: "aws:111111111111",
      enabledPolicyTypes: ["scp"],
      nodes: [
        { id: "r-1", kind: "root" },
        { id: "ou-1", kind: "ou", parent: "r-1" },
        { id: number, kind: "account", parent: "ou-1" },
      ],
      policies: [
        {
          id: "p-full",
          type: "scp",
          document: policy({ Effect: "Allow", Action: "*", Resource: "*" }),
          targets: tree,
        },
        {
          id: "p-roles",
          type: "scp",
          targets: ["ou-1"],
          document: policy(
            { Sid: "Stay", Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" },
            {
              Sid: "RolesAreManaged",
              Effect: "Deny",
              Action: "iam:PutRolePolicy",
              Resource: "*",
              Condition: { ArnNotLike: { "aws:PrincipalArn": exempt } },
            },
          ),
        },
      ],
    },
  ],
  coverage: [
    {
      topic: ["iam", "access-keys", "console", "root-credentials", "organization", "scp", "rcp"],
      scope: `aws:${number}`,
    },
  ],
  principals: [
    {
      id: shop,
      trust: policy({
        Effect: "Allow",
        Principal: { Service: "ecs-tasks.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
      policies: [],
    },
    {
      id: arn("role/incident-responder"),
      trust: policy({
        Effect: "Allow",
        Principal: { Federated: arn("saml-provider/directory") },
        Action: "sts:AssumeRoleWithSAML",
      }),
      ...mine,
    },
    ...["ben", "dana"].map((name) => ({
      id: arn(`user/${name}`),
      console: { password: true, mfa: true },
      ...mine,
    })),
  ],
  workloads: [{ id: "shop", account: `aws:${number}`, runsAs: shop, exposed: true }],
});
const catalogue = {
  version: 1,
  policy: { regulated: false },
  people: [
    { id: "cleo", principals: [arn("role/incident-responder")] },
    ...["ben", "dana"].map((id) => ({ id, principals: [arn(`user/${id}`)] })),
  ],
  workloads: [{ id: "shop", facts: { customerFacing: true, privileged: false } }],
  authorities: [{ kind: "revoke", scope: "*", holder: "cleo", deputy: "ben", until: "2030-12-31" }],
};

const put = (name: string, value: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value, null, 1));
  return path;
};
const emergency = [arn("user/ben"), arn("user/dana")];
const blocked = put("estate.json", estate(emergency));
const free = put("free.json", estate([...emergency, arn("role/incident-responder")]));
const named = put("remit.json", {
  ...catalogue,
  authorities: [{ ...catalogue.authorities[0], deputy: undefined }],
});

/** The one statement that stops them, found again by the digest of its document and the place in it. */
function expectStatement(found: readonly Evidence[] | undefined): void {
  expect(found).toHaveLength(1);
  const [evidence] = found ?? [];
  expect(evidence?.digest).toBe(createHash("sha256").update(readFileSync(blocked)).digest("hex"));
  const place = `${evidence?.pointer ?? ""}${evidence?.inner ?? ""}`.split("/").slice(1);
  const statement = place.reduce<unknown>(
    (at, step) => (at as Record<string, unknown> | undefined)?.[step],
    JSON.parse(readFileSync(blocked, "utf8")),
  );
  expect(statement).toMatchObject({ Sid: "RolesAreManaged", Effect: "Deny" });
}

describe("R58: a named revoker whose role is blocked by an SCP", () => {
  test("through the core: cannot, by which statement, and the two people who can", async () => {
    const { estate: read } = await loadEstate([blocked]);
    const { catalogue: people } = await loadCatalogue(named);
    const { actions, managedPolicies } = loadReferenceData();
    const engine = createAccessEngine(read, { actions, managedPolicies, now });
    const answer = createOwnerFinder({ estate: read, catalogue: people, engine, now }).owners(
      "REVOKER",
      { ...nothing, accounts: [accountId(`aws:${number}`)], principals: [shop] },
      { action: "iam:PutRolePolicy", resource: shop },
    );
    const [cleo] = answer.answerables;
    expect(cleo).toMatchObject({ person: "cleo", authority: { verdict: "cannot" } });
    expect(cleo?.authority.proof[0]).toMatch(/^iam:PutRolePolicy as incident-responder: .*p-roles/);
    expect(cleo?.authority.proof.at(-1)).toBe("people who can: ben, dana");
    expectStatement(answer.stoppedBy);
  });

  test("through `remit readiness`: the gap says the same, and is gone once the SCP lets the role through", async () => {
    const ask = async (path: string) => {
      const args = ["readiness", "--estate", path, "--catalogue", named, "--now", now, "--format", "json"];
      const { out } = await runRemit(args);
      return readinessSchema.parse(JSON.parse(out));
    };
    const found = await ask(blocked);
    const gap = found.gaps.find(({ kind }) => kind === "cannot-act");
    expect(gap).toMatchObject({ scope: "workload:shop", duty: "revoke" });
    expect(gap?.text).toContain(
      "cleo is named and technically cannot: iam:PutRolePolicy as incident-responder",
    );
    expect(gap?.text).toContain("p-roles");
    expect(gap?.text).toContain("people who can: ben, dana");
    expectStatement(gap?.stoppedBy);
    expect((await ask(free)).gaps.map(({ kind }) => kind)).not.toContain("cannot-act");
  });
});
