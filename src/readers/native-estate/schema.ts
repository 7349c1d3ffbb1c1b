import { z } from "zod";
import {
  codeOwnersEntry,
  closureEntry,
  coverageEntry,
  definitionEntry,
  eventEntry,
  exposureEntry,
  guardrailEntry,
  incidentEntry,
  linkEntry,
  organizationEntry,
  pipelineEntry,
  resourceEntry,
  unknownEntry,
  workloadEntry,
} from "./estate-entries.js";
import {
  accountEntry,
  assignmentEntry,
  consentEntry,
  credentialEntry,
  grantEntry,
  managedPolicyEntry,
  permissionSetEntry,
  principalEntry,
  providerEntry,
  trustEntry,
} from "./identity-entries.js";
import { time } from "./scalars.js";

/** The schema of one entry of each list. A wrong entry is rejected by its pointer; the others are used. */
export const nativeEntries = {
  accounts: accountEntry,
  organizations: organizationEntry,
  principals: principalEntry,
  policies: managedPolicyEntry,
  credentials: credentialEntry,
  providers: providerEntry,
  permissionSets: permissionSetEntry,
  assignments: assignmentEntry,
  trusts: trustEntry,
  grants: grantEntry,
  resources: resourceEntry,
  workloads: workloadEntry,
  consents: consentEntry,
  links: linkEntry,
  pipelines: pipelineEntry,
  definitions: definitionEntry,
  events: eventEntry,
  incidents: incidentEntry,
  closures: closureEntry,
  guardrails: guardrailEntry,
  exposures: exposureEntry,
  codeOwners: codeOwnersEntry,
  coverage: coverageEntry,
  unknowns: unknownEntry,
} as const;

export type NativeList = keyof typeof nativeEntries;
export type NativeEntry<List extends NativeList> = z.output<(typeof nativeEntries)[List]>;

export const nativeSchemaName = "remit.estate/1";

/** The native estate document, printed by `remit schema estate`. Unknown fields are errors: a typo must not hide a fact. */
export const nativeEstateSchema = z
  .strictObject({
    schema: z.literal(nativeSchemaName),
    source: z
      .string()
      .min(1)
      .optional()
      .describe("who or what states all of this; an entry may say otherwise"),
    observedAt: time.optional(),
    ...listSchemas(),
  })
  .describe("What exists, stated by hand or by another tool");

function listSchemas(): { [List in NativeList]: z.ZodOptional<z.ZodArray<(typeof nativeEntries)[List]>> } {
  const lists = Object.entries(nativeEntries).map(([name, entry]) => [name, z.array(entry).optional()]);
  return Object.fromEntries(lists) as ReturnType<typeof listSchemas>;
}
