import type { ClaimedQuestion } from "./claim.js";
import { weaknessRules } from "./formulas.js";
import { plainPlace } from "./holders.js";
import { placeKey } from "./judge.js";
import type { Statement } from "./policy.js";
import { isPublic } from "./public-statement.js";
import type { Citation } from "./raw-document.js";
import type { Setting } from "./ruling.js";

export interface Containment {
  readonly what: string;
  readonly statements: readonly Citation[];
  readonly setting: Setting;
}

/**
 * The one fixed overlay of an exposure (recreation.md 2): its own weak setting is safe, a credential or trust that is
 * the exposure is revoked, nothing else. Public statements that a block keeps from having effect stay: they were not what
 * was wrong.
 */
export function contained(setting: Setting, question: ClaimedQuestion): Containment {
  const rule = weaknessRules[question.weakness];
  switch (rule?.contains) {
    case "public-statements": {
      const asleep = [
        "publicAccessBlock.RestrictPublicBuckets",
        "s3.publicAccessBlock.RestrictPublicBuckets",
      ].some(
        (name) =>
          setting.directory.things
            .get(
              name.startsWith("s3.")
                ? `aws:${question.account?.replace(/^aws:/, "") ?? ""}`
                : question.resource,
            )
            ?.facts.get(name)?.value === true,
      );
      const policies = setting.directory.things.get(question.resource)?.policies ?? new Map();
      const all = [...policies.values()].flatMap(
        (policy: { statements?: readonly Statement[] } | undefined) => policy?.statements ?? [],
      );
      return taken(setting, "public statements are taken away", asleep ? [] : all.filter(isPublic));
    }
    case "trust": {
      const trust = setting.directory.identities.get(question.resource)?.trust;
      const wide = (trust?.statements ?? []).filter((item) => !item.deny && isWide(item, question.weakness));
      return taken(setting, "trust statements that are too wide are revoked", wide);
    }
    case "credential":
      return taken(setting, "the credential that is the exposure is revoked", []);
    case "setting":
      return taken(setting, "the weak setting has its safe value", []);
    case "nothing":
    case undefined:
      return taken(setting, "nothing is taken away", []);
  }
}

function taken(setting: Setting, what: string, statements: readonly Statement[]): Containment {
  return {
    what,
    statements: statements.map(({ at }) => plainPlace(at)),
    setting: statements.length === 0 ? setting : { ...setting, removed: new Set(statements.map(placeKey)) },
  };
}

function isWide({ named, conditions }: Statement, weakness: string): boolean {
  if (named === undefined) return false;
  if (weakness === "oidc.trust.broad") {
    const subjects = conditions.filter(({ key }) => /:(sub|repository)$/i.test(key));
    return (
      named.federated.some((name) => name.includes(":oidc-provider/")) &&
      !subjects.some(({ values }) => values.length > 0 && values.every((value) => !/[*?]/.test(value)))
    );
  }
  if (named.federated.length > 0) return false;
  if (named.negated || named.everyone || named.aws.some((name) => /^\d{12}$|:root$/.test(name))) return true;
  return (
    named.service.length > 0 &&
    !conditions.some(({ key }) => /^aws:source(arn|account|orgid|orgpaths)$/i.test(key))
  );
}
