import { createRequire } from "node:module";
import type * as PackageUrls from "packageurl-js";

/** What is used of ae-cvss-calculator, whose own declarations the module resolution does not find. */
export interface Calculator {
  fromVector(vector: string): {
    calculateScores(normalised: boolean): { readonly base?: number; readonly overall?: number };
  } | null;
}

/** Loaded by the first document that needs them: most starts read none, and both are large. */
const load = createRequire(import.meta.url);

export const packageUrls = (): typeof PackageUrls => load("packageurl-js") as typeof PackageUrls;
export const cvssCalculator = (): Calculator => load("ae-cvss-calculator") as Calculator;
