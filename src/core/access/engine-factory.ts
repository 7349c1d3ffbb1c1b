import type { Estate } from "../estate/index.js";
import type { ActionDictionary } from "./aws/action-dictionary.js";
import { createAwsEngine } from "./aws/aws-engine.js";
import type { ManagedPolicyReference } from "./aws/managed-policies.js";
import type { AccessEngine } from "./engine.js";
import { nativeGrants } from "./native/grants.js";

export interface EngineOptions {
  /** Without it, the services that RCPs cover are taken from a list of the well-known ones. */
  readonly actions?: ActionDictionary;
  /** Documents of AWS managed policies that the estate names and does not hold. */
  readonly managedPolicies?: ManagedPolicyReference;
  /** ISO instant. With it, conditions on the time of the request are decided as far as the future cannot change them. */
  readonly now?: string;
}

/** Compiles an estate. Pure; the estate is not changed and must not be. */
export function createAccessEngine(estate: Estate, options: EngineOptions = {}): AccessEngine {
  return createAwsEngine(estate, nativeGrants(estate), options);
}
