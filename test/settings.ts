/**
 * How much chance the tests are given. The one place where counts of random and crash tests are set:
 * `npm test` uses the small ones, `npm run test:deep` (REMIT_DEEP=1) the large ones.
 */
export const deep = process.env.REMIT_DEEP === "1";

export const runs = {
  /** Random inputs per property: `fc.assert(property, { numRuns: runs.property })`. */
  property: deep ? 5000 : 200,
  /** The same for properties whose single run takes tens of milliseconds or more. */
  slowProperty: deep ? 500 : 25,
  /** Estates that are cut, per file of test/cut; four files make a thousand. */
  cutEstates: deep ? 1000 : 60,
  /** Sequences of moves in the life of a case. */
  caseSequences: deep ? 100_000 : 1000,
  /** Repetitions of tests that kill a process in the middle of its work. */
  crash: deep ? 50 : 5,
  /** Requests that nobody meant, per address of the API and database. */
  requests: deep ? 2000 : 12,
  /** Servers that are killed in the middle of an import, per database. */
  importKills: deep ? 30 : 1,
  /** The same for the databases of the store (issue 6). */
  storeCrash: deep ? 200 : 5,
} as const;
