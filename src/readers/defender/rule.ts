import {
  classOfSentence,
  registered,
  toolRule,
  type CheckName,
  type WeaknessClass,
} from "../../core/findings/index.js";
import { strings } from "../json-value.js";
import { anyCase, anyCaseText } from "./any-case.js";

/** Recommendations that say what a weakness of the registry says, by their words: the same in every tenant. */
const sameAs: readonly (readonly [RegExp, string])[] = [
  [/storage account public access should be disallowed|blob public access/i, "azure.public-blob"],
  [
    /key vaults?\b.*(firewall enabled|public network access|private (link|endpoint))|private (link|endpoint).*key vault/i,
    "azure.vault.public-network",
  ],
  [
    /key vault.*(rbac|role-based access control)|role-based access control.*key vault/i,
    "vault.access-policy",
  ],
];

/** `categories` of the metadata of an assessment. The others (Compute, IoT, AppServices, Container) say nothing of access. */
const byCategory: Readonly<Record<string, WeaknessClass>> = {
  identityandaccess: "identity-privilege",
  networking: "network-boundary",
};

/**
 * What a recommendation of Defender asks. Its key is a GUID, so the metadata judges: what the words say, else the
 * categories, else the threats it is against (findings.md 3.3). `known` is false where only the words were there.
 */
export function defenderRule(
  key: string,
  title: string,
  metadata?: unknown,
): { readonly check: CheckName; readonly known: boolean } {
  const same = sameAs.find(([pattern]) => pattern.test(title))?.[1];
  if (same !== undefined)
    return { check: { kind: "rule", id: key, weakness: registered(same) }, known: true };
  const categories = strings(anyCase(metadata, "categories")).map((each) => each.toLowerCase());
  const category = categories.map((each) => byCategory[each]).find((each) => each !== undefined);
  const threats = strings(anyCase(metadata, "threats")).join(" ");
  const byThreat: WeaknessClass | undefined = /accountbreach|elevationofprivilege/i.test(threats)
    ? "identity-privilege"
    : undefined;
  const words = classOfSentence(title);
  const known = categories.length > 0 || anyCaseText(metadata, "policyDefinitionId") !== undefined;
  const rule = { id: key, title, class: words ?? category ?? byThreat };
  return { check: toolRule("defender", rule), known };
}
