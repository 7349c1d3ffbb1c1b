import { describe, expect, test } from "vitest";
import { principalId, resourceId, type PropertyFact } from "../../src/core/estate/index.js";
import { testOrigin } from "../policy-estate.js";
import {
  accessKey,
  allow,
  analysisOf,
  bucketArn,
  bucketEstate,
  inline,
  prod,
  roleArn,
  trusts,
  userArn,
} from "./real-access.js";

const question = { resource: resourceId(bucketArn), weakness: "s3.public", subLocator: "" };
const writer = inline(allow("s3:PutBucketPolicy"));
const saml = trusts(
  { Federated: `arn:aws:iam::${prod}:saml-provider/okta` },
  undefined,
  "sts:AssumeRoleWithSAML",
);
const arn = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:${prod}:${rest}`;

describe("shared causes are lifted out (recreation.md 3)", () => {
  test("a key that leads into administration is in the shared case with its band, and behind no row", () => {
    const estate = bucketEstate(
      {
        [userArn("svc")]: inline(allow("sts:AssumeRole")),
        [roleArn("admin")]: { ...inline(allow("*")), ...trusts({ AWS: `arn:aws:iam::${prod}:root` }) },
      },
      {},
      { credentials: [accessKey(userArn("svc"))] },
    );
    const { shared, answers } = analysisOf(estate).analyse([question]);
    expect(answers[0]).toMatchObject({
      verdict: "governed",
      basis: ["expected"],
      sharedCauses: [`administrators|aws:${prod}`],
    });
    expect(shared).toHaveLength(1);
    expect(shared[0]).toMatchObject({
      kind: "administrators",
      band: 2,
      members: [roleArn("admin")],
      title: `account ${prod} · 1 standing admin`,
    });
    expect(shared[0]?.entries.map((way) => way.entry.principal)).toContain(userArn("svc"));
  });

  const names = ["q1", "q2", "q3", "q4", "t1"];
  const many = names.map((name) =>
    name.startsWith("q")
      ? { resource: resourceId(arn("sqs", name)), weakness: "sqs.public", subLocator: "" }
      : { resource: resourceId(arn("sns", name)), weakness: "sns.public", subLocator: "" },
  );
  const resources = Object.fromEntries(
    names.map((name) => [
      arn(name.startsWith("q") ? "sqs" : "sns", name),
      { kind: name.startsWith("q") ? "sqs:queue" : "sns:topic", account: prod, policy: null },
    ]),
  );
  const estate = bucketEstate(
    {
      [userArn("wide")]: inline(allow(["sqs:*", "sns:*"])),
      [userArn("narrow")]: inline(allow("sqs:SetQueueAttributes", arn("sqs", "q1"))),
    },
    { resources },
    {
      credentials: [
        accessKey(userArn("wide")),
        accessKey(userArn("narrow"), { id: "aws:access-key/AKIAI44QH8DHBEXAMPLE" as never }),
      ],
    },
  );

  test("one grant set behind 60 % of at least five exposures of two weaknesses is one case, not five", () => {
    const { shared, answers } = analysisOf(estate).analyse(many);
    expect(shared).toMatchObject([
      { key: `broad-grant|aws:${prod}`, kind: "broad-grant", band: 2, members: [userArn("wide")] },
    ]);
    expect(answers.map((item) => item.verdict)).toEqual([
      "possible",
      "governed",
      "governed",
      "governed",
      "governed",
    ]);
    expect(answers[0]?.paths.map((path) => path.starter)).toEqual(["aws:access-key/AKIAI44QH8DHBEXAMPLE"]);
    expect(answers.every((item) => item.sharedCauses.includes(`broad-grant|aws:${prod}`))).toBe(true);
  });

  test("over fewer exposures a share says nothing", () => {
    const { shared, answers } = analysisOf(estate).analyse(many.slice(0, 4));
    expect(shared).toEqual([]);
    expect(answers.every((item) => item.verdict === "possible")).toBe(true);
  });
});

describe("sanction is on an entry edge", () => {
  const sanction = {
    kind: "just-in-time" as const,
    role: roleArn("ops"),
    from: "saml:okta",
    reason: "on call",
    approvedBy: "m.okafor",
    until: "2027-01-31",
    stated: {
      approvalByOther: true as const,
      endsWithinHours: 8,
      mfaRequired: true as const,
      loggedElsewhere: true as const,
    },
  };
  const ops = { [roleArn("ops")]: { ...writer, ...saml } };

  test("proven: governed, sanctioned; without it the same person counts", () => {
    expect(analysisOf(bucketEstate(ops)).recreate(question).verdict).toBe("possible");
    const found = analysisOf(bucketEstate(ops), { sanctions: [sanction] }).recreate(question);
    expect(found).toMatchObject({ verdict: "governed", basis: ["sanctioned"] });
    expect(found.paths[0]).toMatchObject({ band: 4, governed: true });
  });

  test("expired, or with another way into the same role, it is not governed", () => {
    expect(
      analysisOf(bucketEstate(ops), { sanctions: [{ ...sanction, until: "2026-01-31" }] }).recreate(question)
        .verdict,
    ).toBe("possible");
    const estate = bucketEstate(
      { ...ops, [userArn("svc")]: inline(allow("iam:UpdateAssumeRolePolicy", roleArn("ops"))) },
      {},
      { credentials: [accessKey(userArn("svc"))] },
    );
    const found = analysisOf(estate, { sanctions: [sanction] }).recreate(question);
    expect(found.verdict).toBe("possible");
    expect(found.paths[0]?.starter).toBe("aws:access-key/AKIAIOSFODNN7EXAMPLE");
  });
});

test("an encrypted snapshot cannot be public: none, immutable, whoever may what", () => {
  const snapshot = arn("rds", "snapshot:hr-2024");
  const with_ = (properties: Record<string, PropertyFact["value"]>) =>
    analysisOf(
      bucketEstate(
        { [userArn("svc")]: inline(allow("*")) },
        { resources: { [snapshot]: { kind: "rds:snapshot", account: prod, properties } } },
        { credentials: [accessKey(userArn("svc"))] },
      ),
    ).recreate({ resource: resourceId(snapshot), weakness: "rds.public-snapshot", subLocator: "" });
  expect(with_({ encrypted: true, snapshotType: "manual" })).toMatchObject({
    verdict: "none",
    basis: ["immutable"],
  });
  expect(with_({ encrypted: false, snapshotType: "manual" })).toMatchObject({
    verdict: "governed",
    basis: ["expected"],
  });
});

describe("credentials", () => {
  const svc = userArn("svc");
  const key = (more = {}) =>
    bucketEstate(
      { [svc]: inline(allow("iam:UpdateAccessKey", svc)) },
      {},
      { credentials: [accessKey(svc, more)] },
    );
  const exposed = {
    resource: resourceId(svc),
    weakness: "iam.key.exposed",
    subLocator: "AKIAIOSFODNN7EXAMPLE",
  };

  test("a key that is the exposure starts nothing itself: containment has revoked it (recreation.md 2)", () => {
    expect(analysisOf(key()).recreate(exposed).verdict).toBe("none");
    expect([...(analysisOf(key()).containmentOverlay(exposed).revokedCredentials ?? [])]).toEqual([
      "aws:access-key/AKIAIOSFODNN7EXAMPLE",
    ]);
  });

  test("switched off it returns by UpdateAccessKey, deleted it does not (row 10)", () => {
    const other = (status: "inactive" | "deleted") =>
      bucketEstate(
        { [svc]: {}, [userArn("helper")]: inline(allow("iam:UpdateAccessKey", svc)) },
        {},
        {
          credentials: [
            accessKey(svc, { status }),
            accessKey(userArn("helper"), { id: "aws:access-key/AKIAI44QH8DHBEXAMPLE" as never }),
          ],
        },
      );
    expect(analysisOf(other("inactive")).recreate(exposed).verdict).toBe("possible");
    expect(analysisOf(other("deleted")).recreate(exposed).verdict).toBe("none");
  });

  test("a stale key grows old again unless a machine rotates it", () => {
    const stale = { ...exposed, weakness: "iam.key.stale" };
    expect(analysisOf(key({ autoRotated: false })).recreate(stale)).toMatchObject({
      verdict: "possible",
      band: 0,
    });
    expect(analysisOf(key({ autoRotated: true })).recreate(stale).verdict).toBe("none");
    expect(analysisOf(key()).recreate(stale).verdict).toBe("unknown");
  });

  test("root credentials: only the floor in an account that stands alone; unknown where its organisation is", () => {
    const root = { resource: resourceId(`aws:${prod}`), weakness: "iam.root-key", subLocator: "" };
    expect(analysisOf(bucketEstate({})).recreate(root)).toMatchObject({ verdict: "none", basis: ["floor"] });
  });

  test("a secret in configuration hangs on whether the old value is dead (row 13)", () => {
    const lambda = arn("lambda", "function:report-gen");
    const ask = (status: "active" | "inactive" | "deleted" | undefined) =>
      analysisOf(
        bucketEstate(
          {
            [userArn("dev")]: inline(
              allow(["lambda:UpdateFunctionConfiguration", "lambda:GetFunctionConfiguration"]),
            ),
          },
          { resources: { [lambda]: { kind: "lambda:function", account: prod, policy: null } } },
          {
            credentials: [
              accessKey(userArn("dev"), { id: "aws:access-key/AKIAI44QH8DHBEXAMPLE" as never }),
              ...(status === undefined
                ? []
                : [
                    accessKey(userArn("app"), {
                      id: "secret:db" as never,
                      kind: "database-password",
                      holder: principalId("user:app"),
                      status,
                      copies: [{ place: lambda, readableBy: "internal", origin: testOrigin("/copy") }],
                    }),
                  ]),
            ],
          },
        ),
      ).recreate({ resource: resourceId(lambda), weakness: "secret.in-config", subLocator: "" });
    expect(ask("active").verdict).toBe("possible");
    expect(ask("deleted")).toMatchObject({ verdict: "none", basis: ["gone"] });
    // Switched off is not dead: it can be switched on again.
    expect(ask("inactive").verdict).toBe("unknown");
    expect(ask(undefined).verdict).toBe("unknown");
  });
});

test("a check without a formula: derived actions, never none (recreation.md 6.6)", () => {
  const reference = {
    actionsFor: (weakness: string) =>
      weakness === "aws.s3_bucket_versioning"
        ? { actions: ["s3:PutBucketVersioning"], derivation: "cli" }
        : undefined,
    overrides: { "aws.other": ["s3:PutBucketTagging"] },
  };
  const ask = (action: string, weakness: string) =>
    analysisOf(
      bucketEstate(
        { [userArn("svc")]: inline(allow(action)) },
        {},
        { credentials: [accessKey(userArn("svc"))] },
      ),
      {},
      reference,
    ).recreate({ ...question, weakness });
  expect(ask("s3:PutBucketVersioning", "aws.s3_bucket_versioning")).toMatchObject({
    verdict: "possible",
    derived: true,
  });
  expect(ask("s3:GetObject", "aws.s3_bucket_versioning")).toMatchObject({
    verdict: "unknown",
    derived: true,
  });
  expect(ask("s3:PutBucketTagging", "aws.other").verdict).toBe("possible");
  const unknown = ask("*", "aws.nobody-knows");
  expect(unknown).toMatchObject({ verdict: "unknown", derived: true });
  expect(unknown.missing[0]?.key).toBe("formula|aws.nobody-knows");
});
