import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { becomeOf, policyOf } from "../../src/app/questions.js";
import { createRecreation } from "../../src/core/access/index.js";
import { accountId, resourceId } from "../../src/core/estate/index.js";
import { loadEstate, loadReferenceData } from "../../src/readers/index.js";

/**
 * Exposures that are identities themselves (decision-rules.md C, rows 1, 2, 8, 10): what containment revoked stays dead
 * (recreation.md, rows 10 and 13); what gives the next value away, or still opens, is a way back.
 */
const folder = mkdtempSync(join(tmpdir(), "remit-handed-out-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const reference = loadReferenceData();
const now = "2026-11-22T12:00:00Z";

const none = { actionsFor: () => undefined, overrides: {} };

interface World {
  readonly [part: string]: unknown;
}

async function ask(resource: string, weakness: string, world: World) {
  const file = join(folder, "estate.json");
  const base = {
    schema: "remit.estate/1",
    source: "test",
    observedAt: now,
    accounts: [{ id: "saas:north", name: "north" }],
    coverage: [{ topic: "iam", scope: "saas:north" }],
  };
  writeFileSync(file, JSON.stringify({ ...base, ...world }));
  const { estate, rejected } = await loadEstate([file]);
  expect(rejected).toEqual([]);
  const engine = { actions: reference.actions, managedPolicies: reference.managedPolicies };
  const setting = { engine, catalogue: undefined, now };
  return createRecreation(becomeOf(estate, setting), policyOf(setting), none).recreate({
    resource: resourceId(resource),
    weakness,
    subLocator: "",
    account: accountId("saas:north"),
  });
}

const secret = { id: "secret:token", kind: "client-secret", holder: "robot:deploy", status: "active" };
const robot = { id: "robot:deploy", kind: "service-account", account: "saas:north" };
const clerk = { id: "robot:clerk", kind: "service-account", account: "saas:north" };
const clerkKey = { id: "secret:clerk", kind: "client-secret", holder: "robot:clerk", status: "active" };
const share = { id: "share:scripts", kind: "share", account: "saas:north", name: "scripts" };
const onShare = { ...secret, copies: [{ place: "share:scripts", readableBy: "internal" }] };

describe("secret.exposed", () => {
  test("a dead value stays dead: nobody who issues another, no way back", async () => {
    const found = await ask("share:scripts", "secret.exposed", {
      resources: [share],
      principals: [robot],
      credentials: [onShare],
    });
    expect(found.verdict).toBe("none");
    expect(found.exposurePath?.map((hop) => hop.cause)).toEqual(["secret"]);
  });

  test("whoever may issue another with a key of its own brings it back", async () => {
    const found = await ask("share:scripts", "secret.exposed", {
      resources: [share],
      principals: [robot, clerk],
      credentials: [onShare, clerkKey],
      grants: [{ holder: "robot:clerk", actions: ["credential:issue"], resources: ["robot:deploy"] }],
    });
    expect(found).toMatchObject({ verdict: "possible", band: 2 });
  });

  test("identities that were not listed completely leave it open", async () => {
    const found = await ask("share:scripts", "secret.exposed", {
      coverage: [],
      resources: [share],
      principals: [robot],
      credentials: [onShare],
    });
    expect(found.verdict).toBe("unknown");
  });
});

describe("secret.in-code", () => {
  const repository = {
    id: "repository:north/app",
    kind: "repository",
    account: "saas:north",
    name: "north/app",
  };
  const copy = (place: string) => ({
    ...secret,
    copies: [{ place, at: "config.py", readableBy: "internal" }],
  });

  test("a copy at HEAD hands the next value out by itself", async () => {
    const found = await ask("repository:north/app", "secret.in-code", {
      resources: [repository],
      principals: [robot],
      credentials: [copy("repository north/app")],
    });
    expect(found).toMatchObject({ verdict: "possible", band: 0 });
  });
});

describe("ci.untrusted-step", () => {
  const pipeline = (pinned: boolean) => ({
    id: "north/app#ci.yml",
    file: "ci.yml",
    repository: "north/app",
    uses: [{ ref: "x/y@v4", pinned }],
    secrets: ["secret:token"],
  });
  const world = (pinned: boolean): World => ({
    principals: [robot],
    credentials: [secret],
    pipelines: [pipeline(pinned)],
  });

  test("a step without a pin at HEAD hands out the next secret; one path through workflow and secrets (rows 10 and 1)", async () => {
    const found = await ask("north/app#ci.yml", "ci.untrusted-step", world(false));
    expect(found).toMatchObject({ verdict: "possible", band: 0 });
    expect(found.paths[0]?.hops.map((hop) => hop.cause)).toEqual(["ci", "secret"]);
  });

  test("pinned, nothing does; who may write the repository is then the question", async () => {
    const found = await ask("north/app#ci.yml", "ci.untrusted-step", world(true));
    expect(found.verdict).toBe("unknown");
  });
});

describe("vendor.compromised", () => {
  const vendor = { id: "vendor:build", kind: "vendor", account: "saas:north", name: "build" };
  const world = (links: readonly unknown[]): World => ({
    resources: [vendor],
    principals: [robot],
    credentials: [{ ...secret, copies: [{ place: "vendor:build", readableBy: "leaked" }] }],
    links,
  });

  test("what the supplier keeps lies there again; what was only read there is dead once revoked", async () => {
    const kept = await ask(
      "vendor:build",
      "vendor.compromised",
      world([{ kind: "secret-copy", from: "vendor:build", to: "secret:token" }]),
    );
    expect(kept).toMatchObject({ verdict: "possible", band: 0 });
    expect((await ask("vendor:build", "vendor.compromised", world([]))).verdict).toBe("none");
  });
});

describe("oauth.app.exposed", () => {
  const app = { id: "app:crm", kind: "application", account: "saas:north" };
  const child = { id: "app:child", kind: "application", account: "saas:north" };
  const consent = (id: string) => ({ app: id, scopes: ["mail.read"] });
  const grant = (holder: string) => ({ holder, actions: ["mail:read"], resources: ["saas:north/*"] });
  const world: World = {
    principals: [app],
    credentials: [{ ...secret, holder: "app:crm" }],
    consents: [consent("app:crm")],
    grants: [grant("app:crm")],
  };

  test("the consent outlives the secret (row 2)", async () => {
    const found = await ask("app:crm", "oauth.app.exposed", world);
    expect(found.verdict).toBe("possible");
    expect(found.paths[0]?.hops.map((hop) => hop.cause)).toEqual(["federation", "grant"]);
  });

  test("what the application created goes on without it (R54)", async () => {
    const found = await ask("app:crm", "oauth.app.exposed", {
      principals: [app, child],
      credentials: [{ ...secret, holder: "app:crm" }],
      consents: [consent("app:child")],
      grants: [grant("app:child")],
      links: [{ kind: "created-by", from: "app:child", to: "app:crm" }],
    });
    expect(found.verdict).toBe("possible");
    expect(found.paths.map((path) => path.actor)).toContain("app:child");
  });

  test("without consent and grant nothing is left of it", async () => {
    const found = await ask("app:crm", "oauth.app.exposed", { ...world, consents: [], grants: [] });
    expect(found.verdict).toBe("none");
  });
});

describe("saas.weak-login", () => {
  const tenant = { id: "saas:north/warehouse", kind: "saas", account: "saas:north", name: "warehouse" };
  const person = (mfa: boolean) => ({
    id: "user:ana",
    kind: "person",
    account: "saas:north",
    console: { password: true, mfa },
  });
  const world = (mfa: boolean): World => ({
    resources: [tenant],
    principals: [person(mfa)],
    grants: [{ holder: "user:ana", actions: ["data:export"], resources: ["saas:north/warehouse"] }],
  });

  test("a person who signs in with a password alone still gets in; with a second factor it is no weak login", async () => {
    const weak = await ask("saas:north/warehouse", "saas.weak-login", world(false));
    expect(weak.verdict).toBe("possible");
    expect(weak.paths[0]?.hops[0]?.cause).toBe("human");
    expect((await ask("saas:north/warehouse", "saas.weak-login", world(true))).verdict).toBe("none");
  });
});
