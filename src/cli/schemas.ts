import type { InputName } from "../app/index.js";
import { weaknesses } from "../core/findings/index.js";

const input = (name: InputName) => async (): Promise<string> => {
  const [{ renderSchema }, { inputSchema }] = await Promise.all([
    import("../contract/index.js"),
    import("../app/index.js"),
  ]);
  return renderSchema(name, await inputSchema(name));
};

/** The documents that have a schema; `schemas/NAME.json` holds the same text. */
const makers: Readonly<Record<string, () => Promise<string>>> = {
  analysis: async () => {
    const { analysisSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("analysis", analysisSchema);
  },
  "who-can": async () => {
    const { renderSchema, whoCanSchema } = await import("../contract/index.js");
    return renderSchema("who-can", whoCanSchema);
  },
  reach: async () => {
    const { reachSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("reach", reachSchema);
  },
  recreate: async () => {
    const { recreateSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("recreate", recreateSchema);
  },
  gate: async () => {
    const { gateSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("gate", gateSchema);
  },
  readiness: async () => {
    const { readinessSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("readiness", readinessSchema);
  },
  "what-if": async () => {
    const { renderSchema, whatIfSchema } = await import("../contract/index.js");
    return renderSchema("what-if", whatIfSchema);
  },
  proof: async () => {
    const { proofSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("proof", proofSchema);
  },
  "check-proof": async () => {
    const { proofCheckSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("check-proof", proofCheckSchema);
  },
  cut: async () => {
    const { cutSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("cut", cutSchema);
  },
  evidence: async () => {
    const { evidenceSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("evidence", evidenceSchema);
  },
  "evidence-check": async () => {
    const { evidenceCheckSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("evidence-check", evidenceCheckSchema);
  },
  flaw: async () => {
    const { flawSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("flaw", flawSchema);
  },
  playbook: async () => {
    const { playbookSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("playbook", playbookSchema);
  },
  draft: async () => {
    const { draftSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("draft", draftSchema);
  },
  db: async () => {
    const { dbSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("db", dbSchema);
  },
  "ledger-check": async () => {
    const { ledgerCheckSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("ledger-check", ledgerCheckSchema);
  },
  cases: async () => {
    const { casesSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("cases", casesSchema);
  },
  case: async () => {
    const { caseLifeSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("case", caseLifeSchema);
  },
  move: async () => {
    const { moveSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("move", moveSchema);
  },
  import: async () => {
    const { importSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("import", importSchema);
  },
  webhooks: async () => {
    const { renderSchema, webhooksSchema } = await import("../contract/index.js");
    return renderSchema("webhooks", webhooksSchema);
  },
  erasure: async () => {
    const { erasureSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("erasure", erasureSchema);
  },
  tokens: async () => {
    const { renderSchema, tokensSchema } = await import("../contract/index.js");
    return renderSchema("tokens", tokensSchema);
  },
  backup: async () => {
    const { backupSchema, renderSchema } = await import("../contract/index.js");
    return renderSchema("backup", backupSchema);
  },
  estate: input("estate"),
  catalogue: input("catalogue"),
  policy: input("policy"),
  change: input("change"),
  weakness: async () =>
    `${JSON.stringify(
      weaknesses.map(({ id, class: className, title, resourceKinds, formula }) => ({
        id,
        class: className,
        title,
        resourceKinds,
        formula: formula !== undefined,
      })),
      null,
      2,
    )}\n`,
};

export const schemaNames = Object.keys(makers).sort();

/** Undefined where there is no document of that name. */
export const schemaText = async (name: string): Promise<string | undefined> =>
  Object.hasOwn(makers, name) ? await makers[name]?.() : undefined;
