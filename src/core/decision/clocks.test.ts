import { describe, expect, test } from "vitest";
import { emptyCatalogue } from "../accountability/index.js";
import { accountId } from "../estate/index.js";
import {
  bucket,
  caseInput,
  context,
  hop,
  now,
  origin,
  path,
  principal,
  roleArn,
  workload,
  type CaseText,
} from "../../../test/decision/build.js";
import { decide } from "./decide.js";

const decided = (text: CaseText) => decide(caseInput(text), context(text));
const policy = { ...emptyCatalogue.policy, regulated: false as const };
const calm = { policy, workloads: [workload()] };
const daysOf = (due: string | null | undefined): number | null =>
  due === null || due === undefined ? null : (Date.parse(due) - Date.parse(now)) / 86_400_000;

describe("BOD 26-04, row by row (standards.md 3f; CERT/CC SSVC, cisa:BOD2604 1.0.0)", () => {
  /** KEV, exposed, automatable, total → days to fix, and whether forensic triage is due. */
  const table: readonly [boolean, boolean, boolean, boolean, number | null, boolean][] = [
    [true, true, true, true, 3, true],
    [true, true, false, true, 3, true],
    [true, false, true, true, 3, true],
    [true, true, true, false, 3, false],
    [true, false, false, true, 14, false],
    [true, true, false, false, 14, false],
    [true, false, true, false, 14, false],
    [true, false, false, false, 14, false],
    [false, true, true, true, 3, false],
    [false, true, true, false, 14, false],
    [false, true, false, true, 14, false],
    [false, true, false, false, 60, false],
    [false, false, true, true, 60, false],
    [false, false, true, false, 60, false],
    [false, false, false, true, null, false],
    [false, false, false, false, null, false],
  ];
  const deadlines = (facts: Record<string, boolean>, exposed: boolean | "unknown") =>
    decided({
      kind: "flaw",
      exposure: { weakness: "vulnerability.component", class: "vulnerability", resource: "workload:etl" },
      estate: {
        workloads: [
          { id: "etl", name: "etl", runsAs: [], resources: [], exposed, components: [], facts, origin },
        ],
      },
      catalogue: { ...calm, policy: { ...policy, deadlines: ["bod-26-04"] } },
    }).deadlines.filter((item) => item.rule.startsWith("bod"));

  test.each(table)(
    "KEV %s, exposed %s, automatable %s, total %s: %s days",
    (kev, exposed, automatable, total, days, triage) => {
      const found = deadlines({ kev, automatable, technicalImpactTotal: total }, exposed);
      expect(daysOf(found.find((item) => item.task === "fix")?.due)).toBe(days);
      expect(found.some((item) => item.task === "triage")).toBe(triage);
    },
  );

  test("what nobody states counts as the stricter", () => {
    const found = deadlines({ kev: true }, "unknown");
    expect(daysOf(found.find((item) => item.task === "triage")?.due)).toBe(3);
  });

  test("no pack of CISA for what is no flaw", () => {
    const catalogue = { ...calm, policy: { ...policy, deadlines: ["bod-26-04"] } };
    expect(decided({ catalogue }).deadlines.every((item) => item.rule === "default/1")).toBe(true);
  });
});

describe("the default clocks", () => {
  const contain = (text: CaseText) => daysOf(decided(text).contain.due);
  const incident = {
    id: "inc-1",
    declaredAt: now,
    scope: bucket,
    exploited: true as const,
    used: [],
    origin,
  };
  const outside = path([hop("secret"), hop("grant")], { band: 1 });

  test("shorter the worse it is", () => {
    expect(contain({ catalogue: calm, estate: { incidents: [incident] } })).toBe(0);
    expect(
      contain({ catalogue: { policy, workloads: [workload({ customerFacing: true })] }, paths: [outside] }),
    ).toBe(0);
    expect(
      contain({
        catalogue: calm,
        paths: [path([hop("human"), hop("grant", "x", { action: "s3:PutBucketTagging" })])],
      }),
    ).toBe(3);
    expect(contain({ catalogue: calm })).toBe(7);
  });

  test("an unknown answer has a clock to decide by", () => {
    const decision = decided({ catalogue: calm, recreation: { verdict: "unknown" } });
    expect(decision.deadlines.find((item) => item.task === "decide")?.due).not.toBeNull();
  });
});

describe("tiers (the articles fix only 0 and 2)", () => {
  const tier = (text: CaseText) => {
    const { tier: proven, tierIfUnknown } = decided(text);
    return [proven, tierIfUnknown];
  };
  const facing = (customerFacing: boolean | "unknown", privileged: boolean | "unknown") => ({
    catalogue: { policy, workloads: [workload({ customerFacing, privileged })] },
  });

  test.each([
    [false, false, 1, 1],
    [true, false, 2, 2],
    [false, true, 2, 2],
    [true, true, 3, 3],
    ["unknown", false, 1, 2],
  ] as const)("customer-facing %s, privileged %s: %s, at worst %s", (customer, privileged, proven, worst) => {
    expect(tier(facing(customer, privileged))).toEqual([proven, worst]);
  });

  const other = "arn:aws:iam::222222222222:role/data";
  const across = (owners: readonly [string?, string?]): CaseText => ({
    catalogue: {
      ...calm,
      accounts: ["aws:111111111111", "aws:222222222222"].map((id, index) => ({
        id,
        ...(owners[index] === undefined ? {} : { owner: owners[index] }),
        regulated: false as const,
        origin,
      })),
    },
    estate: {
      principals: [principal(roleArn("etl")), principal(other, { account: accountId("aws:222222222222") })],
    },
    paths: [
      path([
        hop("human"),
        hop("grant", roleArn("etl"), { action: "s3:PutBucketTagging", via: "may s3:PutBucketTagging" }),
      ]),
    ],
    becomes: { [roleArn("etl")]: [other] },
  });

  test("tier 3: the path reaches an account with another owner", () => {
    expect(tier(across(["team-a", "team-b"]))).toEqual([3, 3]);
    expect(tier(across(["team-a", "team-a"]))).toEqual([1, 1]);
  });

  test("who owns the other account is not known: shown, not guessed", () => {
    expect(tier(across(["team-a"]))).toEqual([1, 3]);
  });
});

describe("follow-ups (D12, R38)", () => {
  test("D1: all three to CLOUD_OPS, pre-filled as not applicable", () => {
    const { followUps } = decided({ catalogue: { ...calm, policy: { ...policy, regulated: true } } });
    expect(Object.values(followUps).map((item) => [item.owner, item.required])).toEqual(
      Array(3).fill(["CLOUD_OPS", true]),
    );
    expect(followUps.secretRotation.notApplicable).toBeDefined();
    expect(followUps.privilegeReduction.notApplicable).toBeDefined();
  });

  test("access: review and reduction to IDGOV, rotation to SECRETS", () => {
    const { followUps } = decided({ catalogue: calm, paths: [path([hop("secret"), hop("grant")])] });
    expect([
      followUps.accessReview.owner,
      followUps.secretRotation.owner,
      followUps.privilegeReduction.owner,
    ]).toEqual(["IDGOV", "SECRETS", "IDGOV"]);
    expect(followUps.secretRotation.notApplicable).toBeUndefined();
    expect(followUps.accessReview.required).toBe(false);
  });

  test("no secrets team: rotation is identity governance's", () => {
    const text: CaseText = {
      catalogue: calm,
      paths: [path([hop("secret"), hop("grant")])],
      without: ["SECRETS"],
    };
    expect(decided(text).followUps.secretRotation.owner).toBe("IDGOV");
  });

  test("owning a follow-up does not make a fix owner", () => {
    const { fix } = decided({ catalogue: calm, paths: [path([hop("grant", roleArn("etl"))])] });
    expect(fix.map((item) => item.accountable)).not.toContain("SECRETS");
  });
});
