import type { WeaknessClass } from "./check-reference.js";
import type { CheckName } from "./finding.js";
import type { Weakness } from "./weakness.js";

/**
 * The class of what a tool's sentence says, by its words; undefined where they say nothing about access or exposure.
 * Order is that of urgency: `publicly exposed VM with admin role` is exposed first.
 */
export function classOfSentence(sentence: string): WeaknessClass | undefined {
  const text = sentence.toLowerCase().replaceAll(/[_-]+/g, " ");
  return phrases.find(([pattern]) => pattern.test(text))?.[1];
}

const phrases: readonly (readonly [RegExp, WeaknessClass])[] = [
  [/\bimds|metadata service|legacy metadata/, "metadata-credential"],
  // A product that is not switched on watches nothing, and opens nothing.
  [/\bdefender for\b|endpoint protection|antimalware|agent should be|assessment solution/, "configuration"],
  // What would stand in front: nothing is open because it is missing.
  [
    /\bwaf\b|web application firewall|azure firewall|\bddos\b|private link|private endpoint/,
    "missing-edge-control",
  ],
  [
    /\bpublic(ly)?\b(?! (key|certificate))|\binternet\b|anonymous|\bopen (to|firewall|ssh|rdp|port)|allusers|0\.0\.0\.0|exposed to|externally accessible|management ports/,
    "public-exposure",
  ],
  [
    /vulnerabilit|\bcves?\b|end of life|outdated|unsupported version|\bpatch|system updates|\bupdates should be installed|malware/,
    "vulnerability",
  ],
  [
    /\blog(s|ging)?\b|diagnostic|watcher|\bencrypt|\bbackup|\btls\b|\bssl\b|\bhttps\b|\bmonitor|retention|versioning|soft delete/,
    "configuration",
  ],
  [
    /access keys?\b|credential|\bsecrets?\b|passwords? in|api keys?\b|\bsas\b|service account key|user managed key|certificate.*(expire|rotat)|\bmfa\b|multi factor|\btokens?\b/,
    "credential",
  ],
  [
    /cross account|\btrust|third party|external (user|member|account|identit)|\bguest|non org|federat|confused deputy/,
    "trust",
  ],
  [
    /\badmin|privileg|permissive|wildcard|owner role|role assign|permission|role separation|primitive role|full api access|default service account|\brbac\b|role based access|unused (role|identit|user)|inactive identit/,
    "identity-privilege",
  ],
  [/security group|firewall|\bnetwork|ingress|subnet|\bvpc\b/, "network-boundary"],
];

/** At most five words. */
export const fewWords = (text: string): string =>
  text
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}.]+/u)
    .filter((word) => word !== "")
    .slice(0, 5)
    .join(" ");

export const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, 80);

export interface ToolRule {
  /** How the tool itself names the rule; stable. */
  readonly id: string;
  /** What it says, for the class and the title. */
  readonly title: string;
  readonly class?: WeaknessClass | undefined;
  readonly threat?: boolean;
  readonly subLocator?: string | undefined;
}

/**
 * A rule that no table knows, as a weakness of its own: never merged with another tool's. Where `class` is not given it
 * is that of the words, else `configuration`; readers flag such rows `unknown-check`.
 */
export function toolRule(tool: string, rule: ToolRule): CheckName {
  const weakness: Weakness = {
    id: `${tool}.${slugOf(rule.id)}`,
    class: rule.class ?? classOfSentence(rule.title) ?? "configuration",
    title: fewWords(rule.title === "" ? rule.id : rule.title),
    resourceKinds: [],
    ...(rule.threat === true ? { threat: true } : {}),
  };
  return {
    kind: "rule",
    id: rule.id,
    weakness,
    ...(rule.subLocator === undefined ? {} : { subLocator: rule.subLocator }),
  };
}
