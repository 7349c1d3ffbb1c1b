import {
  createOwnerFinder,
  type Catalogue,
  type Duty,
  type ExplainingOwnerFinder,
  type OwnershipScope,
} from "../src/core/accountability/index.js";
import { createAccessEngine } from "../src/core/access/index.js";
import { createEstate, type Estate, type EstateFacts } from "../src/core/estate/index.js";
import { readCatalogue } from "../src/readers/catalogue/index.js";
import { policyEstate, testOrigin, type EstateText } from "./policy-estate.js";
import { parse } from "yaml";

export const now = "2026-11-22T12:00:00Z";

/** A catalogue from YAML; a fault in it fails the test. */
export function catalogueOf(yaml: string): Catalogue {
  const { catalogue, faults } = readCatalogue(parse(`version: 1\n${yaml}`), testOrigin(""));
  if (catalogue === undefined || faults.length > 0) throw new Error(JSON.stringify(faults));
  return catalogue;
}

export const nothing: OwnershipScope = {
  accounts: [],
  resources: [],
  principals: [],
  workloads: [],
  files: [],
  credentials: [],
};

export const prod = "aws:222222222222";
export const bucket = "arn:aws:s3:::acme-exports";

/** An estate from short text, with more facts laid over it. */
export function estateWith(text: EstateText = {}, facts: Partial<EstateFacts> = {}): Estate {
  const base = policyEstate({ accounts: { "222222222222": "none" }, ...text });
  return createEstate({ ...base, ...facts });
}

export function finderOf(
  options: { readonly estate?: Estate; readonly catalogue?: string; readonly now?: string } = {},
): ExplainingOwnerFinder {
  const estate = options.estate ?? estateWith();
  return createOwnerFinder({
    estate,
    catalogue: options.catalogue === undefined ? undefined : catalogueOf(options.catalogue),
    engine: createAccessEngine(estate),
    now: options.now ?? now,
  });
}

export const revokeKey = (user: string): Duty => ({ action: "iam:UpdateAccessKey", resource: user });
