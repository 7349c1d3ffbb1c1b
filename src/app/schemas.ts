import { weaknesses } from "../core/findings/index.js";

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
  estate: async () => {
    const [{ renderSchema }, { nativeEstateSchema }] = await Promise.all([
      import("../contract/index.js"),
      import("../readers/index.js"),
    ]);
    return renderSchema("estate", nativeEstateSchema);
  },
  catalogue: async () => {
    const [{ renderSchema }, { catalogueSchema }] = await Promise.all([
      import("../contract/index.js"),
      import("../readers/index.js"),
    ]);
    return renderSchema("catalogue", catalogueSchema);
  },
  policy: async () => {
    const [{ renderSchema }, { policySchema }] = await Promise.all([
      import("../contract/index.js"),
      import("../readers/index.js"),
    ]);
    return renderSchema("policy", policySchema);
  },
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
