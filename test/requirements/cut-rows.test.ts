import { beforeAll, describe, expect, test } from "vitest";
import { cutFiles } from "../../src/app/index.js";
import type { CutDocument } from "../../src/contract/index.js";
import { credentialCandidates } from "../../src/core/access/cut/entry-candidates.js";
import type { Case } from "../../src/core/decision/index.js";
import { credentialId, principalId } from "../../src/core/estate/index.js";
import { origin } from "../decision/build.js";

/** What a durable fix offers and what it calls interim, on cases of the example. */
const inputs = {
  estate: ["examples/estate"],
  findings: ["examples/findings"],
  catalogue: "examples/remit.yaml",
  now: "2026-11-22T12:00:00Z",
};
const found = new Map<string, CutDocument>();
const picked = {
  queue: (one: Case) => one.exposures.some(({ resourceKind }) => resourceKind === "sqs:queue"),
  people: (one: Case) => one.recreation.verdict === "unknown",
};

beforeAll(async () => {
  for (const [name, isMeant] of Object.entries(picked)) {
    const asked = await cutFiles({ ...inputs, pick: ({ cases }) => cases.filter(isMeant).slice(0, 1) });
    if (asked.kind !== "answer") throw new Error(`no case of ${name}`);
    found.set(name, asked.document);
  }
});

const cutOf = (name: keyof typeof picked): CutDocument => {
  const document = found.get(name);
  if (document === undefined) throw new Error(name);
  return document;
};

describe("the fix", () => {
  test("R35: narrowing, identities of their own and elevation on request are offered where they apply", () => {
    const offered = new Set([...found.values()].flatMap(({ options }) => options.map(({ fix }) => fix)));
    expect([...offered].sort()).toEqual(expect.arrayContaining(["ephemeral", "just-in-time", "narrow"]));
  });

  test("R35: a secret that nobody is known to use is rotated, with nothing to replace it", () => {
    const [first] = credentialCandidates("secret", {
      id: credentialId("aws:access-key/AKIAIOSFODNN7EXAMPLE"),
      kind: "access-key",
      holder: principalId("arn:aws:iam::111111111111:user/old"),
      status: "active",
      autoRotated: false,
      copies: [],
      consumers: [],
      origin,
    });
    expect(first?.fix).toBe("rotate");
  });

  test("R37: a right that is taken while the standing key stays is interim; an identity of its own lasts", () => {
    const narrowed = cutOf("queue").changes.find(({ fix }) => fix === "narrow");
    expect(narrowed).toMatchObject({
      interim: true,
      interimBecause: "a standing secret that starts the way stays",
    });
    expect(cutOf("queue").options.find(({ fix }) => fix === "ephemeral")).toMatchObject({ interim: false });
  });
});
