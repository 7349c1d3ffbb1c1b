import type { WeaknessClass } from "./check-reference.js";

/** What is wrong, independent of the tool that says so. */
export interface Weakness {
  /** Dotted id, stable: part of exposure ids and of the catalogue's `intended`. */
  readonly id: string;
  readonly class: WeaknessClass;
  /** At most five words, as shown behind the resource name: `public read`. */
  readonly title: string;
  /** Kinds of resource it is found on (`s3:bucket`); empty when any. */
  readonly resourceKinds: readonly string[];
  /** Name of the hand-written recreation formula (recreation.md 4 and 5). */
  readonly formula?: string;
  /** A check of Prowler whose actions stand in for a formula; never enough for `none`. */
  readonly derivedFrom?: { readonly provider: string; readonly check: string };
  /** Someone was seen acting (GuardDuty and the like): a sign of use, not a setting. */
  readonly threat?: true;
}

/** The nine classes, most urgent first. */
export const weaknessClasses: readonly WeaknessClass[] = [
  "metadata-credential",
  "public-exposure",
  "credential",
  "trust",
  "identity-privilege",
  "network-boundary",
  "missing-edge-control",
  "vulnerability",
  "configuration",
];

/** The title with the part that is concerned: `port 22 open`, `CVE-2022-3643`. At most five words. */
export function weaknessTitle(weakness: Weakness, subLocator: string): string {
  if (weakness.id === "ec2.open-ingress") return portTitle(subLocator) ?? weakness.title;
  if (weakness.id === "vulnerability.component" && subLocator !== "") return subLocator;
  return weakness.title;
}

function portTitle(subLocator: string): string | undefined {
  if (subLocator === "all") return "all ports open";
  if (subLocator === "high-risk") return "high-risk ports open";
  if (subLocator === "wide-range") return "wide address range open";
  const ports = /^(?:tcp|udp)\/([\d,-]+)$/.exec(subLocator)?.[1];
  if (ports === undefined) return undefined;
  return ports.includes(",") || ports.includes("-") ? `ports ${ports} open` : `port ${ports} open`;
}
