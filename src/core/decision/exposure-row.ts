import type { CaseView } from "./case-view.js";
import type { Row } from "./causes.js";

const byWeakness: Readonly<Record<string, Row>> = {
  "iam.user.no-mfa": 8,
  "iam.credential.unused": 8,
  "iam.root-key": 9,
  "iam.root-mfa": 9,
  "oidc.trust.broad": 2,
  "entra.app-credential": 1,
  "oauth.app.exposed": 2,
  "saas.weak-login": 8,
  "runtime.shared-identity": 2,
};

const byClass: Readonly<Record<string, Row>> = {
  credential: 1,
  "identity-privilege": 3,
  trust: 4,
  vulnerability: 5,
};

/** R9: a constraint that is missing where something runs. It is a guard rail, whoever shares an identity excepted. */
export const isRuntimeConstraint = (weakness: string): boolean => weakness.startsWith("runtime.");

/** The row of decision-rules.md C that the exposure itself is: a key, a grant, a trust, a flaw; else a setting. */
export const exposureRow = (view: CaseView): Row =>
  byWeakness[view.input.weakness] ??
  (isRuntimeConstraint(view.input.weakness) ? 6 : undefined) ??
  byClass[view.input.weaknessClass] ??
  11;
