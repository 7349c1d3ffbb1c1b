import { beforeAll, describe, expect, test } from "vitest";
import type { Analysis, Case, CasePath } from "../../src/core/decision/index.js";
import { decide } from "../../src/core/decision/index.js";
import { caseInput, context, hop, path, workload, type CaseText } from "../decision/build.js";
import { exampleInputs, runRemit } from "../run-remit.js";

/** References with true ids (R81 to R86), and what is recorded of identities on paths (R78, R80). */
const idsOf = (text: CaseText, framework: string): readonly string[] =>
  decide(caseInput(text), context(text))
    .frameworks.filter((ref) => ref.framework === framework)
    .map(({ id }) => id);

const agent = (agentic: boolean | "unknown", more: Partial<CaseText> = {}): CaseText => ({
  paths: [path([hop("secret"), hop("grant")], { credential: "aws:access-key/AKIAIOSFODNN7EXAMPLE" })],
  catalogue: { workloads: [workload({ agentic, customerFacing: true })] },
  ...more,
});

describe("a workload that acts by itself", () => {
  test("R83: who answers, decides and may switch it off maps to NIST AI RMF 1.0, each with its reason", () => {
    expect(idsOf(agent(true), "NIST AI RMF")).toEqual([
      "GOVERN 2.1",
      "GOVERN 2.3",
      "MAP 3.5",
      "MEASURE 2.7",
      "MANAGE 2.4",
    ]);
    for (const ref of decide(caseInput(agent(true)), context(agent(true))).frameworks)
      expect(ref.reason).not.toBe("");
  });

  test("R84: its parts map to layers of CSA MAESTRO, with the version that they are of", () => {
    const refs = decide(caseInput(agent(true)), context(agent(true))).frameworks.filter(
      ({ framework }) => framework === "CSA MAESTRO",
    );
    expect(refs.map(({ id, version }) => [id, version])).toEqual([
      ["L3 Agent Frameworks", "1"],
      ["L4 Deployment and Infrastructure", "1"],
      ["L6 Security and Compliance", "1"],
    ]);
    const vendor: CaseText = agent(true, {
      catalogue: {
        workloads: [workload({ agentic: true })],
        thirdParties: [
          {
            id: "agent-maker",
            kind: "vendor",
            match: { accounts: [], purls: [], apps: ["secret-from"], issuers: [] },
            origin: workload().origin,
          },
        ],
      },
    });
    expect(idsOf(vendor, "CSA MAESTRO")).toContain("L7 Agent Ecosystem");
    expect(idsOf(vendor, "NIST AI RMF")).toContain("GOVERN 6.1");
  });

  test.each([false, "unknown"] as const)("R83, R84: agentic %s: neither is spoken of", (value) => {
    expect(idsOf(agent(value), "NIST AI RMF")).toEqual([]);
    expect(idsOf(agent(value), "CSA MAESTRO")).toEqual([]);
  });
});

describe("ids that are spoken of differently", () => {
  test("R81: `NHI-03` is told as remapped; the id that is given is the published one", () => {
    const refs = decide(caseInput(agent("unknown")), context(agent("unknown"))).frameworks;
    expect(refs.filter(({ remappedFrom }) => remappedFrom === "NHI-03").map(({ id }) => id)).toEqual([
      "NHI7:2025",
      "NHI5:2025",
    ]);
    expect(refs.map(({ id }) => id)).not.toContain("NHI3:2025");
  });

  test("R82: no id of CSF 1.1 is given out, and the mission is no role", () => {
    const refs = decide(caseInput(agent("unknown")), context(agent("unknown"))).frameworks;
    expect(refs.map(({ id }) => id)).toContain("PR.AA-05");
    expect(JSON.stringify(refs)).not.toContain("PR.AC-4");
    expect(refs.map(({ id }) => id)).not.toContain("GV.OC-01");
  });
});

describe("how the identity of a path proves itself, on the example", () => {
  let cases: readonly Case[] = [];
  beforeAll(async () => {
    const { out } = await runRemit([
      "analyze",
      ...exampleInputs,
      "--now",
      "2026-11-22T12:00:00Z",
      "--format",
      "json",
    ]);
    ({ cases } = JSON.parse(out) as Analysis);
  });
  const paths = (): readonly CasePath[] => cases.flatMap(({ recreation }) => recreation.paths);
  const kindsOf = (kind: CasePath["kind"]) => [
    ...new Set(paths().flatMap((one) => (one.kind === kind ? [one.identityProof?.kind ?? "absent"] : []))),
  ];

  test("R78: a key is held, a token of a build is cryptographic, compute is given its credentials", () => {
    expect(kindsOf("standing-credential")).toEqual(["held"]);
    expect(kindsOf("federated-workload")).toEqual(["oidc"]);
    expect(kindsOf("inherited-role")).toEqual(["platform"]);
    const recorded = paths().find(
      ({ identityProof }) => identityProof?.because === "as the catalogue records",
    );
    expect(recorded?.identityProof?.evidence[0]?.document).toBe("examples/remit.yaml");
  });

  test("R78: every path says it, and whose proof it is without an ARN", () => {
    for (const { identityProof } of paths()) {
      expect(identityProof?.of).toBeTruthy();
      expect(identityProof?.of).not.toMatch(/^arn:/);
    }
  });

  test("R80: a condition of the request decides, a standing grant does not, and what is not known stays so", () => {
    const decided = paths().filter(({ requestPolicy }) => requestPolicy?.value === true);
    for (const { condition, requestPolicy } of decided) expect(requestPolicy?.because).toBe(condition);
    const standing = paths().find(({ kind, verdict }) => kind === "standing-credential" && verdict === true);
    expect(standing?.requestPolicy).toEqual({
      value: false,
      because: "no grant on it asks anything of the request",
    });
    for (const one of paths())
      if (one.verdict === "unknown") expect(one.requestPolicy?.value).toBe("unknown");
    expect(new Set(paths().map(({ requestPolicy }) => requestPolicy?.value)).size).toBeGreaterThan(1);
  });

  test("R78, R80: the page says both of the worst route", async () => {
    const item = cases.find(({ exposures }) => exposures[0]?.resource === "arn:aws:s3:::acme-reports");
    const { out } = await runRemit([
      "explain",
      item?.id ?? "",
      ...exampleInputs,
      "--now",
      "2026-11-22T12:00:00Z",
    ]);
    expect(out.replace(/\s+/g, " ")).toContain(
      "IDENTITY key AKIA…Q7ZD: held credential, whoever has the value is believed · not decided when it is asked for",
    );
  });
});
