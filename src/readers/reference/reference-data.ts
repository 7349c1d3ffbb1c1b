import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildActionDictionary, type ActionDictionary, type RawActions } from "../../core/access/index.js";
import {
  buildManagedPolicyReference,
  type ManagedPolicyReference,
  type RawManagedPolicies,
} from "../../core/access/index.js";
import {
  buildCheckReference,
  type CheckReference,
  type RawChecks,
  type RawControls,
} from "../../core/findings/index.js";
import { packageFile } from "./package-file.js";

/** What the product knows beforehand. Each part is read when it is first asked for, and then kept. */
export interface ReferenceData {
  readonly actions: ActionDictionary;
  readonly managedPolicies: ManagedPolicyReference;
  readonly checks: CheckReference;
  readonly escalationFacts: readonly EscalationFact[];
}

/** A published way from some actions of AWS to the rights of another identity. */
export interface EscalationFact {
  /** `lambda-001` */
  readonly id: string;
  readonly category: string;
  readonly services: readonly string[];
  /** The actions that it takes, all of them. */
  readonly requires: readonly string[];
  /** The path that this one is a longer form of. */
  readonly parent?: string;
}

const shipped = packageFile("data");

/**
 * The reference data in `dir`, by default that of the installation. Nothing is read before a part is asked for; a part
 * throws when its file is missing or not JSON.
 */
export function loadReferenceData(dir: string = shipped): ReferenceData {
  const read = (name: string): unknown => readPart(join(dir, name));
  const actions = once(() => buildActionDictionary(read("aws-actions.json") as RawActions));
  const managedPolicies = once(() => {
    const path = join(dir, "aws-managed-policies.json");
    const text = readText(path);
    const digest = createHash("sha256").update(text).digest("hex");
    return buildManagedPolicyReference(parse(path, text) as RawManagedPolicies, digest);
  });
  const checks = once(() =>
    buildCheckReference(
      read("prowler-checks.json") as RawChecks,
      read("securityhub-controls.json") as RawControls,
    ),
  );
  const facts = once(() => (read("aws-escalation-facts.json") as { paths: readonly EscalationFact[] }).paths);
  return {
    get actions() {
      return actions();
    },
    get managedPolicies() {
      return managedPolicies();
    },
    get checks() {
      return checks();
    },
    get escalationFacts() {
      return facts();
    },
  };
}

const readPart = (path: string): unknown => parse(path, readText(path));

const readText = (path: string): string => whole(path, () => readFileSync(path, "utf8"));
const parse = (path: string, text: string): unknown => whole(path, () => JSON.parse(text) as unknown);

function whole<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new Error(`the reference data \`${path}\` cannot be read: install the package again`, { cause });
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
