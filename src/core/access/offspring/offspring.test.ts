import { describe, expect, it } from "vitest";
import { policyEstate, testOrigin, type PrincipalText } from "../../../../test/policy-estate.js";
import {
  createEstate,
  credentialId,
  principalId,
  type AuditEvent,
  type Credential,
  type EstateFacts,
} from "../../estate/index.js";
import { createAccessEngine, createBecome, type AccessPolicy } from "../index.js";
import { findOffspring } from "./index.js";

const account = "222222222222";
const user = (name: string): string => `arn:aws:iam::${account}:user/${name}`;
const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const key = (id: string): string => `aws:access-key/AKIA${id}`;

let serial = 0;
const call = (
  action: string,
  actor: string,
  targets: readonly string[],
  more: Partial<AuditEvent> = {},
): AuditEvent => ({
  id: `e${String((serial += 1)).padStart(3, "0")}`,
  at: `2026-11-${String(10 + serial).padStart(2, "0")}T00:00:00Z`,
  action,
  account: `aws:${account}` as never,
  actor: principalId(actor),
  targets,
  origin: testOrigin(`/Records/${String(serial)}`),
  ...more,
});

const secret = (id: string, holder: string, more: Partial<Credential> = {}): Credential => ({
  id: credentialId(key(id)),
  kind: "access-key",
  holder: principalId(holder),
  status: "active",
  autoRotated: false,
  copies: [],
  consumers: [],
  origin: testOrigin(`/keys/${id}`),
  ...more,
});

const maker: PrincipalText = {
  policies: [
    { Statement: [{ Effect: "Allow", Action: ["iam:CreateUser", "iam:CreateAccessKey"], Resource: "*" }] },
  ],
};

function ask(
  facts: Partial<EstateFacts>,
  seeds: { principals?: string[]; credentials?: string[] },
  limit = 50,
) {
  const base = policyEstate({
    accounts: { [account]: "none" },
    principals: { [user("svc")]: maker, [user("other")]: {}, [user("ghost")]: {}, [user("young")]: {} },
  });
  const estate = createEstate({ ...base, ...facts });
  const become = createBecome(createAccessEngine(estate, {}), policy);
  return findOffspring(
    become,
    {
      principals: (seeds.principals ?? []).map(principalId),
      credentials: (seeds.credentials ?? []).map(credentialId),
    },
    limit,
  );
}
const policy: AccessPolicy = {
  now: "2026-11-30T00:00:00Z",
  sharedCause: 0.6,
  jitMaxHours: 12,
  sanctions: [],
  maxRoutes: 10,
};

const told = (items: readonly { id: string; how: string; generation: number }[]): readonly string[] =>
  items.map(({ id, how, generation }) => `${String(generation)} ${how} ${id}`);

describe("what a compromised identity made (R54)", () => {
  it("follows what its offspring made in turn: user, its key, what that key did (scenario S9)", () => {
    serial = 0;
    const found = ask(
      {
        credentials: [secret("1", user("svc")), secret("2", user("ghost"))],
        events: [
          call("iam:CreateUser", user("svc"), [user("ghost")]),
          call("iam:CreateAccessKey", user("svc"), [key("2"), user("ghost")]),
          call(
            "lambda:CreateFunction",
            user("ghost"),
            ["arn:aws:lambda:eu-west-1:222222222222:function:scan"],
            {
              credential: key("2"),
              region: "eu-west-1",
            },
          ),
          call("s3:PutObject", user("ghost"), ["arn:aws:s3:::acme"]),
          call("iam:CreateRole", user("other"), [role("theirs")]),
        ],
      },
      { principals: [user("svc")] },
    );
    expect(told(found.made)).toEqual([
      `1 created ${user("ghost")}`,
      `1 created ${key("2")}`,
      "2 created arn:aws:lambda:eu-west-1:222222222222:function:scan",
    ]);
    expect(found.made[2]).toMatchObject({ what: "compute", region: "eu-west-1", by: key("2") });
    expect(found.since).toBe("2026-11-11T00:00:00Z");
    expect(found.missing).toEqual([]);
  });

  it("only one secret is known to be stolen: what its holder did with another one is not theirs", () => {
    serial = 0;
    const events = [
      call("iam:CreateRole", user("svc"), [role("stolen")], { credential: key("1") }),
      call("iam:CreateRole", user("svc"), [role("own")], { credential: key("9") }),
      call("iam:CreateRole", user("svc"), [role("session")]),
    ];
    const credentials = [secret("1", user("svc")), secret("9", user("svc"))];
    expect(told(ask({ events, credentials }, { credentials: [key("1")] }).made)).toEqual([
      `1 created ${role("stolen")}`,
      `1 created ${role("session")}`,
    ]);
    expect(ask({ events, credentials }, { principals: [user("svc")] }).made).toHaveLength(3);
  });

  it("refused calls made nothing, and what was deleted since no longer stands", () => {
    serial = 0;
    const found = ask(
      {
        events: [
          call("iam:CreateRole", user("svc"), [role("refused")], { error: "AccessDenied" }),
          call("iam:CreateRole", user("svc"), [role("gone")]),
          call("iam:DeleteRole", user("other"), [role("gone")]),
        ],
      },
      { principals: [user("svc")] },
    );
    expect(found.made).toMatchObject([{ id: role("gone"), stands: false }]);
  });

  it("rights that it opened are told apart from what it created", () => {
    serial = 0;
    const events = [
      call("iam:AttachUserPolicy", user("svc"), [user("other")]),
      call("iam:UpdateAssumeRolePolicy", user("svc"), [role("etl")]),
      call("lambda:UpdateFunctionCode", user("svc"), ["arn:aws:lambda:eu-west-1:222222222222:function:f"]),
    ];
    expect(told(ask({ events }, { principals: [user("svc")] }).made)).toEqual([
      `1 changed ${user("other")}`,
      `1 changed ${role("etl")}`,
      "1 changed arn:aws:lambda:eu-west-1:222222222222:function:f",
    ]);
  });

  it("consents: what it granted, and what apps that it created were granted (scenario S7)", () => {
    const app = (name: string) => principalId(`entra:app/${name}`);
    const consent = (id: string, of: string, grantedBy?: string) => ({
      id,
      app: app(of),
      scopes: ["full_access_as_app"],
      ...(grantedBy === undefined ? {} : { grantedBy }),
      origin: testOrigin(`/consents/${id}`),
    });
    const found = ask(
      {
        links: [{ kind: "created-by", from: app("new"), to: app("legacy"), origin: testOrigin("/links/0") }],
        consents: [
          consent("c1", "new"),
          consent("c2", "third", app("legacy")),
          consent("c3", "legacy"),
          consent("c4", "far"),
        ],
      },
      { principals: [app("legacy")] },
    );
    expect(told(found.made)).toEqual(["1 consented c2", "1 created entra:app/new", "2 consented c1"]);
  });

  it("what nobody is on record to have made, and it could have, is possible and no deed", () => {
    serial = 0;
    const base = policyEstate({ accounts: { [account]: "none" }, principals: { [user("svc")]: maker } });
    const young = {
      ...base.principals[0]!,
      id: principalId(user("young")),
      name: "young",
      createdAt: "2026-11-20T00:00:00Z",
    };
    const old = { ...young, id: principalId(user("old")), name: "old", createdAt: "2020-01-01T00:00:00Z" };
    const facts = {
      principals: [...base.principals, old, young],
      events: [call("s3:PutBucketPolicy", user("other"), ["arn:aws:s3:::acme"])],
    };
    const found = ask(facts, { principals: [user("svc")] });
    expect(found.made).toEqual([]);
    expect(found.possible.map(({ id, why }) => [id, why])).toEqual([
      [user("young"), "created 2026-11-20, by whom is not recorded, and svc may create such"],
    ]);
    expect(found.may.map(({ action }) => action)).toEqual(["iam:CreateUser", "iam:CreateAccessKey"]);
    // Somebody else is on record: then it is theirs.
    const recorded = {
      ...facts,
      events: [...facts.events, call("iam:CreateUser", user("other"), [user("young")])],
    };
    expect(ask(recorded, { principals: [user("svc")] }).possible).toEqual([]);
  });

  it("without audit records it says what is missing, and how to fetch it", () => {
    const found = ask({}, { principals: [user("svc")] });
    expect(found.made).toEqual([]);
    expect(found.since).toBeUndefined();
    expect(found.missing.map(({ key: name }) => name)).toEqual([`audit-log|aws:${account}`]);
    expect(found.missing[0]?.collect).toContain("lookup-events");
  });

  it("a limit that was reached is said, and circles end", () => {
    serial = 0;
    const links = Array.from({ length: 60 }, (_, index) => ({
      kind: "created-by" as const,
      from: role(`r${String(index)}`),
      to: index === 0 ? role("r59") : user("svc"),
      origin: testOrigin("/l"),
    }));
    const found = ask(
      { links: [...links, { ...links[0]!, from: role("r59"), to: role("r0") }] },
      { principals: [user("svc")] },
      10,
    );
    expect(found.made).toHaveLength(10);
    expect(found.more).toBe(50);
  });
});
