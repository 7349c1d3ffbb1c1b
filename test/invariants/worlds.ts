import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { estateExposures } from "../../src/app/estate-exposures.js";
import { createOwnerFinder, type Catalogue } from "../../src/core/accountability/index.js";
import { createAccessEngine, createBecome } from "../../src/core/access/index.js";
import { analyse, assessReadiness, type Analysis, type Readiness } from "../../src/core/decision/index.js";
import { emptyCounts } from "../../src/core/findings/index.js";
import type { Estate } from "../../src/core/estate/index.js";
import { loadCatalogue } from "../../src/readers/catalogue/index.js";
import { loadEstate, loadReferenceData } from "../../src/readers/index.js";
import { documentsOf, type GeneratedWorld } from "../generators/estate-document.js";

export const now = "2026-11-22T12:00:00Z";
export const folder = mkdtempSync(join(tmpdir(), "remit-worlds-"));
export const tidy = (): void => rmSync(folder, { recursive: true, force: true });
const reference = loadReferenceData();
const engine = { actions: reference.actions, managedPolicies: reference.managedPolicies };

export interface Analysed {
  readonly estate: Estate;
  readonly catalogue: Catalogue;
  readonly analysis: Analysis;
  readonly readiness: Readiness;
}
type Documents = ReturnType<typeof documentsOf>;

const known = new Map<string, Promise<Analysed>>();

/** What readers and core make of a world; the same documents are asked once per file of tests. */
export function analysed(world: GeneratedWorld): Promise<Analysed> {
  const documents = documentsOf(world);
  const key = JSON.stringify(documents);
  const found = known.get(key) ?? analysedAnew(documents);
  if (known.size < 2_000) known.set(key, found);
  return found;
}

let counter = 0;

/** `name`: what the documents are called does not depend on when they are asked about. */
export async function analysedAnew({ estate: text, catalogue: lines }: Documents): Promise<Analysed> {
  counter += 1;
  const put = (name: string, value: unknown): string => {
    const path = join(folder, `${name}-${String(counter)}.json`);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  const { estate, rejected } = await loadEstate([put("estate", text)]);
  const { catalogue, rejected: faults } = await loadCatalogue(put("remit", lines), { now, estate });
  if (catalogue === undefined || rejected.length > 0) throw new Error(JSON.stringify([rejected, faults]));
  const analysis = analyse({
    estate,
    exposures: estateExposures(estate, { engine, catalogue, now }),
    counts: emptyCounts,
    findingFiles: 0,
    catalogue,
    engine,
    checks: reference.checks,
    owners: (become) => createOwnerFinder({ estate, catalogue, engine: become.engine, now }),
    now,
    inputs: [],
    rejected: [],
    includeConfiguration: false,
  });
  const become = createBecome(createAccessEngine(estate, { ...engine, now }), {
    now,
    sanctions: [],
    sharedCause: 0.6,
    jitMaxHours: 12,
    maxRoutes: 50,
  });
  const owners = createOwnerFinder({ estate, catalogue, engine: become.engine, now });
  return {
    estate,
    catalogue,
    analysis,
    readiness: assessReadiness({ estate, become, catalogue, owners, now }),
  };
}
