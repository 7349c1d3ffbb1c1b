import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readinessOfFiles } from "../../src/app/index.js";
import { readinessSchema } from "../../src/contract/index.js";
import type { IdentityLife } from "../../src/core/decision/index.js";
import { renderReadiness, renderReadinessHtml } from "../../src/report/index.js";

/** The life of identities that are nobody's person, and the figure that they are compared with. */
const folder = mkdtempSync(join(tmpdir(), "remit-lives-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const now = "2026-11-22T12:00:00Z";
const prod = "222222222222";
const arn = (rest: string): string => `arn:aws:iam::${prod}:${rest}`;
const key = (letter: string, holder: string, more: object = {}) => ({
  id: `aws:access-key/AKIA${letter.repeat(16)}`,
  holder: arn(`user/${holder}`),
  status: "active",
  createdAt: "2024-01-10T00:00:00Z",
  ...more,
});
const user = (name: string, more: object = {}) => ({
  id: arn(`user/${name}`),
  createdAt: "2023-05-01T00:00:00Z",
  console: { password: false },
  ...more,
});

async function assess(estate: object, catalogue: object = {}) {
  const put = (name: string, value: object): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  const asked = await readinessOfFiles({
    estate: [
      put("estate.json", {
        schema: "remit.estate/1",
        source: "test",
        observedAt: now,
        accounts: [{ id: `aws:${prod}`, name: "prod", organization: "none" }],
        coverage: [{ topic: ["iam", "access-keys", "console"], scope: `aws:${prod}` }],
        ...estate,
      }),
    ],
    findings: [],
    catalogue: put("remit.json", { version: 1, people: [{ id: "ana" }], ...catalogue }),
    now,
  });
  if (asked.kind !== "answer") throw new Error("nothing was read");
  expect(asked.document.rejected).toEqual([]);
  expect(readinessSchema.safeParse(asked.document).error).toBeUndefined();
  return asked.document;
}
const lives = async (estate: object, catalogue: object = {}): Promise<readonly IdentityLife[]> =>
  (await assess(estate, catalogue)).identities;
const stateOf = async (estate: object, catalogue: object = {}): Promise<string | undefined> =>
  (await lives(estate, catalogue))[0]?.state;
const line = (more: object) => ({
  workloadIdentities: [{ principal: arn("user/svc"), owner: "ana", ...more }],
});

describe("R53: the life of an identity that is nobody's person", () => {
  const svc = user("svc");

  test("R53: it was created, and nothing shows that it was ever used", async () => {
    const [life] = await lives({ principals: [svc], credentials: [key("A", "svc")] });
    expect(life).toMatchObject({
      state: "created",
      steps: [{ stage: "created", at: "2023-05-01T00:00:00.000Z" }],
      open: ["in-use", "rotated", "reviewed", "offboarded"],
    });
  });

  test("R53: a key or a call that was seen: in use, by the later of the two", async () => {
    const used = key("A", "svc", { lastUsedAt: "2026-11-01T00:00:00Z" });
    expect(await stateOf({ principals: [svc], credentials: [used] })).toBe("in-use");
    const call = { at: "2026-11-20T00:00:00Z", action: "s3:PutObject", actor: arn("user/svc") };
    const [life] = await lives({ principals: [svc], credentials: [used], events: [call] });
    expect(life?.steps.find(({ stage }) => stage === "in-use")?.at).toBe("2026-11-20T00:00:00.000Z");
    expect(
      await stateOf({
        principals: [svc],
        credentials: [key("A", "svc")],
        events: [{ ...call, error: "AccessDenied" }],
      }),
    ).toBe("created");
  });

  test("R53: rotated: a newer key stands and the one before is off; two keys at once are no rotation", async () => {
    const old = key("A", "svc", { status: "inactive" });
    const fresh = key("B", "svc", { createdAt: "2026-06-01T00:00:00Z" });
    expect(await stateOf({ principals: [svc], credentials: [old, fresh] })).toBe("rotated");
    expect(await stateOf({ principals: [svc], credentials: [key("A", "svc"), fresh] })).toBe("created");
    expect(await stateOf({ principals: [svc], credentials: [key("A", "svc", { autoRotated: true })] })).toBe(
      "rotated",
    );
  });

  test("R53: reviewed: a person's word with its day; a day to come has reviewed nothing", async () => {
    const estate = { principals: [svc], credentials: [key("A", "svc")] };
    const [life] = await lives(estate, line({ reviewedAt: "2026-10-01", reviewedBy: "ana" }));
    expect(life).toMatchObject({ state: "reviewed", owner: "ana" });
    expect(life?.steps.at(-1)?.text).toBe("reviewed 2026-10-01 by ana");
    expect(await stateOf(estate, line({ reviewedAt: "2026-12-01" }))).toBe("created");
  });

  test("R53: offboarded: gone from the estate and deleted on record", async () => {
    const gone = {
      principals: [],
      events: [{ at: "2026-11-03T00:00:00Z", action: "iam:DeleteUser", targets: [arn("user/svc")] }],
    };
    const [life] = await lives(gone, line({}));
    expect(life).toMatchObject({ identity: arn("user/svc"), state: "offboarded", owner: "ana" });
  });

  test("R53: said to be offboarded and still there is not offboarded, and a gap (R54)", async () => {
    const found = await assess(
      { principals: [svc], credentials: [key("A", "svc")] },
      line({ offboardedAt: "2026-09-30" }),
    );
    expect(found.identities[0]?.state).toBe("created");
    expect(found.gaps).toContainEqual(
      expect.objectContaining({
        kind: "orphaned",
        scope: arn("user/svc"),
        text: "svc: offboarded 2026-09-30, and its access key is still active",
      }),
    );
    const before = await assess(
      { principals: [svc], credentials: [key("A", "svc")] },
      line({ offboardedAt: "2027-01-31" }),
    );
    expect(before.gaps.map(({ text }) => text).join()).not.toContain("offboarded");
  });

  test("R53: a person is no such identity, whether they have a password or the catalogue says who they are", async () => {
    const principals = [user("lin", { console: { password: true } }), user("ana")];
    const credentials = [key("A", "lin"), key("B", "ana")];
    const people = [{ id: "ana", principals: [arn("user/ana")] }];
    expect(await lives({ principals, credentials }, { people })).toEqual([]);
  });

  test("R53: roles that code runs as are told, with the owner of their workload and nothing to rotate; roles of people are not", async () => {
    const trust = (who: object) => ({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: who, Action: "sts:AssumeRole" }],
    });
    const principals = [
      { id: arn("role/job"), trust: trust({ Service: "lambda.amazonaws.com" }) },
      { id: arn("role/admin"), trust: trust({ AWS: arn("root") }) },
      { id: arn("role/sso"), trust: trust({ Federated: arn("saml-provider/corp") }) },
    ];
    const workloads = [{ id: "job", match: { principals: [arn("role/job")] }, workloadIdentity: "ana" }];
    const found = await lives({ principals }, { workloads });
    expect(found.map(({ name, owner }) => [name, owner])).toEqual([["job", "ana"]]);
    expect(found[0]?.open).not.toContain("rotated");
  });
});

describe("R52: standing access", () => {
  test("R52: no end, no rotation, and whether anybody reviewed it", async () => {
    const estate = {
      principals: [user("svc")],
      credentials: [key("A", "svc", { lastUsedAt: "2026-11-20T00:00:00Z" })],
    };
    const textOf = async (catalogue: object) =>
      (await assess(estate, catalogue)).gaps.find(({ kind }) => kind === "static-access")?.text;
    expect(await textOf(line({}))).toContain("no review on record");
    expect(await textOf(line({ reviewedAt: "2026-10-01" }))).toContain("last reviewed 2026-10-01");
  });
});

test("R90: the figure of somebody else never stands without its report, who cites it, and that its publisher is not verified", async () => {
  const found = await assess({ principals: [user("svc")], credentials: [key("A", "svc")] });
  const flat = (text: string): string => text.replace(/\s+/g, " ").replace(/&quot;/g, '"');
  for (const shown of [flat(renderReadiness(found, 100, false)), flat(renderReadinessHtml(found))]) {
    expect(shown.split("88.5").length).toBe(2);
    expect(shown).toMatch(
      /for comparison: 88\.5 % [^"]*"The 2024 Non-Human Identity Security Report", as cited by NHI Management Group; publisher not verified/,
    );
  }
  expect(found.compared).toMatchObject({
    report: "The 2024 Non-Human Identity Security Report",
    publisher: "not verified",
  });
  expect(JSON.stringify({ ...found, compared: undefined })).not.toContain("88.5");
});
