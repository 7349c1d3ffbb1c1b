/**
 * More than anybody has: what a server answers, with its rows said many times over under names of their own. Only for
 * pictures of crowded screens.
 */

/** @typedef {Record<string, any>} Json */

/**
 * @param {readonly Json[]} rows
 * @param {number} count
 * @param {(row: Json, index: number) => Json} named
 */
const many = (rows, count, named) =>
  rows.length === 0
    ? []
    : Array.from({ length: count }, (_, index) => named(rows[index % rows.length] ?? {}, index));

/**
 * A way in under another name: all on it but the resource that it leads to.
 *
 * @param {Json} path
 * @param {number} index
 */
const way = (path, index) => {
  const resource = path.hops.at(-1)?.to;
  const named = (/** @type {string} */ end) =>
    end === resource ? end : /AKIA[A-Z0-9]{12,}$/u.test(end) ? end : `${end}-${index}`;
  return {
    ...path,
    hops: path.hops.map((/** @type {Json} */ hop) => ({ ...hop, from: named(hop.from), to: named(hop.to) })),
  };
};

const id = (/** @type {number} */ index) => `R-${index.toString(36).toUpperCase().padStart(4, "0")}`;

/** @param {Json} answer */
const manyCases = (answer) => ({
  ...answer,
  cases: { ...answer.cases, open: 100_000 },
  findings: {
    ...answer.findings,
    rows: 940_909,
    passed: 463_636,
    muted: 54_545,
    manual: 22_727,
    failing: 400_001,
    access: 136_363,
    plain: 263_638,
    exposures: 104_545,
    cases: 100_000,
  },
});

/** @type {Record<string, readonly { at: string, make: (answer: Json) => Json }[] | undefined>} */
export const crowded = {
  remit: [
    {
      at: "**/api/v1/remit**",
      make: (answer) => {
        const yours = many(answer.yours, 200, (row, index) => ({
          ...row,
          case: id(index),
          item: `i${index}`,
        })).sort((a, b) => Number(b.late) - Number(a.late));
        const late = yours.filter((row) => row.late).length;
        const today = yours.filter((row) => row.today && !row.late).length;
        const undated = yours.filter((row) => row.due === undefined).length;
        return {
          ...answer,
          yours,
          counts: {
            waiting: answer.waiting.length,
            late,
            today,
            undated,
            later: yours.length - late - today - undated,
            total: yours.length + answer.waiting.length,
          },
        };
      },
    },
  ],
  cases: [
    {
      at: "**/api/v1/cases?**",
      make: (answer) => ({
        ...answer,
        items: many(answer.items, 200, (row, index) => ({ ...row, id: id(index) })),
        total: 100_000,
      }),
    },
    {
      at: "**/api/v1/cases/facets**",
      make: (answer) => ({
        ...answer,
        total: 100_000,
        views: { ...answer.views, open: 100_000, mine: 18_240, late: 4_118, nobody: 2_407, unknown: 4_545 },
      }),
    },
    { at: "**/api/v1/summary", make: manyCases },
  ],
  readiness: [
    {
      at: "**/api/v1/readiness",
      make: (answer) => ({
        ...answer,
        workloads: many(answer.workloads, 400, (row, index) => ({
          ...row,
          workload: `${row.workload}-${index}`,
          name: `${row.name}-${index}`,
        })),
        gaps: many(answer.gaps, 480, (row, index) => ({ ...row, scope: `${row.scope}-${index}` })),
      }),
    },
  ],
  findings: [
    {
      at: "**/api/v1/findings?**",
      make: (answer) => ({
        ...answer,
        items: many(answer.items, 100, (row, index) => ({ ...row, fingerprint: `f${index}` })),
        total: 100_000,
      }),
    },
    {
      at: "**/api/v1/findings/summary",
      make: (answer) => ({ ...answer, total: 100_000, muted: 12_000, mutedUnowned: 11_800, repeated: 640 }),
    },
  ],
  credentials: [
    {
      at: "**/api/v1/search?**",
      make: (answer) => ({
        ...answer,
        items: many(answer.items, 200, (row, index) => ({ ...row, id: `${row.id}-${index}` })),
        more: [{ kind: "credential", count: 39_800 }],
      }),
    },
  ],
  catalogue: [
    {
      at: "**/api/v1/catalogue/suggestions",
      make: (answer) => ({
        ...answer,
        items: many(answer.items, 300, (row, index) => ({
          ...row,
          id: `s${index}`,
          entry: `${row.entry}-${index}`,
        })),
      }),
    },
  ],
  reports: [
    {
      at: "**/api/v1/measures**",
      make: (answer) => ({
        ...answer,
        cases: many(answer.cases, 500, (row, index) => ({ ...row, case: id(index) })),
        more: 1200,
      }),
    },
  ],
  case: [
    {
      at: "**/api/v1/cases/R-*",
      make: (answer) => ({
        ...answer,
        decided: {
          ...answer.decided,
          exposures: answer.decided.exposures.map((/** @type {Json} */ row) => ({
            ...row,
            resourceName: `${row.resourceName}-of-the-quarterly-consolidation-and-of-everything-beside-it`,
          })),
          recreation: {
            ...answer.decided.recreation,
            paths: many(answer.decided.recreation.paths, 60, way),
            morePaths: 4100,
          },
        },
      }),
    },
  ],
  command: [
    {
      at: "**/api/v1/cases/R-*",
      make: (answer) => ({
        ...answer,
        state: {
          ...answer.state,
          orders: many(answer.state.orders, 120, (row, index) => ({ ...row, id: `O${index + 1}` })),
        },
      }),
    },
  ],
  "who-can": [
    {
      at: "**/api/v1/who-can?**",
      make: (answer) => ({
        ...answer,
        can: many(answer.can, 400, (row, index) => ({
          ...row,
          principal: `${row.principal}-${index}`,
          name: `${row.name}-${index}`,
        })),
        more: 99_600,
      }),
    },
  ],
  imports: [
    {
      at: "**/api/v1/imports?**",
      make: (answer) => ({
        ...answer,
        items: many(answer.items, 200, (row, index) => ({ ...row, id: `i${index}`, rejected: index % 5 })),
      }),
    },
  ],
  "findings-import": [
    {
      at: "**/api/v1/imports/*",
      make: (answer) => ({
        ...answer,
        files: many(answer.files, 800, (row, index) => ({ ...row, path: `${index}/${row.path}` })),
      }),
    },
  ],
  "catalogue-history": [
    {
      at: "**/api/v1/catalogue/history**",
      make: (answer) => ({
        ...answer,
        items: many(answer.items, 300, (row, index) => ({
          ...row,
          version: 300 - index,
          current: index === 0,
        })),
      }),
    },
  ],
};
