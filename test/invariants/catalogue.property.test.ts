import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAccessEngine, createBecome } from "../../src/core/access/index.js";
import { createOwnerFinder } from "../../src/core/accountability/index.js";
import { assessReadiness, type Readiness } from "../../src/core/decision/index.js";
import { readCatalogue } from "../../src/readers/catalogue/index.js";
import { origin } from "../decision/build.js";
import {
  authorityKinds,
  catalogues,
  catalogueText,
  days,
  type GeneratedCatalogue,
} from "../generators/catalogue.js";
import { estateWith, nothing, prod } from "../ownership.js";
import { testOrigin } from "../policy-estate.js";
import { runs } from "../settings.js";

/** Invariants of decision-rules.md that rest on the catalogue, over generated catalogues. */
const now = "2026-11-22T12:00:00Z";
const workload = {
  id: "shop",
  name: "shop",
  account: prod as never,
  runsAs: [],
  resources: [],
  exposed: true as const,
  components: [],
  facts: {},
  origin,
};
const estate = estateWith({}, { workloads: [workload] });
const engine = createAccessEngine(estate, { now });
const become = createBecome(engine, { now, sanctions: [], sharedCause: 0.6, jitMaxHours: 12, maxRoutes: 50 });
const scope = { ...nothing, accounts: [prod], workloads: ["shop"], resources: ["workload:shop"] };
const roles = {
  revoke: "REVOKER",
  "compensating-control": "CC_APPROVER",
  "residual-risk": "RISK_SIGNER",
  "privilege-change": "PRIV_APPROVER",
  emergency: "EMERGENCY_APPROVER",
} as const;

function read(made: GeneratedCatalogue) {
  const { catalogue, faults } = readCatalogue(catalogueText(made), testOrigin(""));
  if (catalogue === undefined) throw new Error(JSON.stringify(faults));
  return catalogue;
}
function ask(made: GeneratedCatalogue): Readiness {
  const catalogue = read(made);
  const owners = createOwnerFinder({ estate, catalogue, engine, now });
  return assessReadiness({ estate, become, catalogue, owners, now });
}
const holds = (property: (made: GeneratedCatalogue) => void): void => {
  fc.assert(fc.property(catalogues, property), { numRuns: runs.property });
};
const gone = (made: GeneratedCatalogue): ReadonlySet<string> =>
  new Set(made.people.flatMap(({ id, left }) => (left === undefined ? [] : [id])));

describe("whatever the catalogue says", () => {
  test("a departed person holds no live authority, and is the owner of nothing", () => {
    holds((made) => {
      const left = gone(made);
      for (const { cells } of ask(made).workloads)
        for (const { who, deputy } of cells) {
          expect(left.has(who ?? "")).toBe(false);
          expect(left.has(deputy ?? "")).toBe(false);
        }
    });
  });

  test("R62: an authority that has ended, or is for another place, names nobody; one that holds names its holder", () => {
    holds((made) => {
      const left = gone(made);
      const finder = createOwnerFinder({ estate, catalogue: read(made), engine, now });
      for (const kind of authorityKinds) {
        const live = made.authorities.filter(
          (grant) =>
            grant.kind === kind &&
            grant.until !== days.past &&
            ["*", "aws:222222222222", "workload:shop"].includes(grant.scope),
        );
        const may = new Set(
          live.flatMap(({ holder, deputy }) => [holder, deputy]).filter((id) => id !== undefined),
        );
        const named = finder.owners(roles[kind], scope).answerables.flatMap(({ person }) => person ?? []);
        for (const id of named) expect(may.has(id)).toBe(true);
        if ([...may].some((id) => !left.has(id))) expect(named.length).toBeGreaterThan(0);
        else expect(named).toEqual([]);
      }
    });
  });

  test("R66: customer-facing or privileged more never asks for fewer names", () => {
    holds((made) => {
      const before = ask({ ...made, facts: { ...made.facts, privileged: false } });
      for (const facts of [
        { ...made.facts, privileged: true },
        { ...made.facts, privileged: true, customerFacing: true },
      ]) {
        const after = ask({ ...made, facts });
        expect(after.coverage.required).toBeGreaterThanOrEqual(before.coverage.required);
        expect(after.workloads[0]?.tier).toBeGreaterThanOrEqual(before.workloads[0]?.tier ?? 1);
      }
    });
  });

  test("R76: a third party is a gap exactly where one of its sides is missing", () => {
    holds((made) => {
      const found = ask(made).gaps.some(({ kind }) => kind === "one-side-only");
      expect(found).toBe(!(made.contract && made.lever));
    });
  });

  test("R48: whatever is asked for and has nobody is a gap of that duty", () => {
    holds((made) => {
      const { workloads, gaps } = ask(made);
      for (const { cells } of workloads)
        for (const { duty, state, who } of cells)
          if (state !== "-" && who === undefined) expect(gaps.map((gap) => gap.duty)).toContain(duty);
    });
  });

  test("the same catalogue gives the same answer, in whatever order its authorities stand", () => {
    holds((made) => {
      expect(JSON.stringify(ask(made))).toBe(JSON.stringify(ask(structuredClone(made))));
      const sides = (found: Readiness): readonly string[] =>
        found.workloads.flatMap(({ cells }) =>
          cells.map(({ duty, who }) => `${duty} ${String(who !== undefined)}`),
        );
      const turned = { ...made, authorities: [...made.authorities].reverse() };
      expect(sides(ask(turned))).toEqual(sides(ask(made)));
    });
  });
});
