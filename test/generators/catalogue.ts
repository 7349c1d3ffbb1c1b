import fc from "fast-check";

/** Catalogues as texts of the file, over three people, one workload and one account: right and wrong ones alike. */
export interface GeneratedCatalogue {
  readonly people: readonly { readonly id: string; readonly left?: string }[];
  readonly authorities: readonly {
    readonly kind: string;
    readonly holder: string;
    readonly deputy?: string;
    readonly until: string;
    readonly scope: string;
  }[];
  readonly planes: Readonly<Record<string, { readonly owner: string; readonly deputy?: string }>>;
  readonly teams: readonly {
    readonly id: string;
    readonly roles: readonly string[];
    readonly members: readonly string[];
  }[];
  readonly facts: { readonly customerFacing: boolean; readonly privileged: boolean };
  readonly contract: boolean;
  readonly lever: boolean;
}

const names = ["ana", "ben", "cleo"] as const;
export const authorityKinds = [
  "revoke",
  "compensating-control",
  "residual-risk",
  "privilege-change",
  "emergency",
] as const;
/** Days before, on and after the day that the tests ask on. */
export const days = { past: "2026-11-21", today: "2026-11-22", future: "2030-12-31" } as const;

const person = fc.constantFrom(...names);
const owner = fc.record({ owner: person, deputy: person }, { requiredKeys: ["owner"] });

export const catalogues: fc.Arbitrary<GeneratedCatalogue> = fc.record({
  people: fc
    .tuple(...names.map(() => fc.option(fc.constant("2026-06-20"), { nil: undefined, freq: 2 })))
    .map((left) => names.map((id, at) => ({ id, ...(left[at] === undefined ? {} : { left: left[at] }) }))),
  authorities: fc.array(
    fc.record(
      {
        kind: fc.constantFrom(...authorityKinds),
        holder: person,
        deputy: person,
        until: fc.constantFrom(...Object.values(days)),
        scope: fc.constantFrom(
          "*",
          "aws:222222222222",
          "aws:333333333333",
          "workload:shop",
          "workload:other",
        ),
      },
      { requiredKeys: ["kind", "holder", "until", "scope"] },
    ),
    { maxLength: 8 },
  ),
  planes: fc.record({ build: owner, runtime: owner, incident: owner }, { requiredKeys: [] }),
  teams: fc
    .array(
      fc.record({
        id: fc.constantFrom("red", "blue"),
        roles: fc.subarray(["APP", "PLATFORM", "SECOPS", "IDGOV", "SECRETS"]),
        members: fc.subarray([...names]),
      }),
      { maxLength: 2 },
    )
    .map((teams) => teams.filter(({ id }, at) => teams.findIndex((other) => other.id === id) === at)),
  facts: fc.record({ customerFacing: fc.boolean(), privileged: fc.boolean() }),
  contract: fc.boolean(),
  lever: fc.boolean(),
});

/** The file that says so. */
export const catalogueText = (made: GeneratedCatalogue): object => ({
  version: 1,
  policy: { regulated: false },
  people: made.people.map(({ id, left }) => ({
    id,
    ...(left === undefined ? {} : { active: false, leftAt: left }),
  })),
  teams: made.teams,
  accounts: [{ id: "aws:222222222222", name: "prod" }],
  workloads: [{ id: "shop", facts: made.facts, planes: made.planes }],
  authorities: made.authorities,
  commanders: [{ person: "cleo", deputy: "ana" }],
  thirdParties: [
    {
      id: "maker",
      kind: "vendor",
      ...(made.contract ? { contract: { clause: "MSA 1" } } : {}),
      ...(made.lever ? { technical: { owner: "ana", lever: "disable-trust" } } : {}),
      match: {},
    },
  ],
});
