import type { Directory } from "./directory.js";
import type { Policy } from "./policy.js";
import type { Actor } from "./ruling.js";

export interface Held {
  readonly via: "inline" | "attached";
  /** Undefined: attached, and nobody supplied what it says. */
  readonly policy: Policy | undefined;
}

/** What the documents say of a managed policy, else what AWS publishes for its own. */
export const managedPolicy = (directory: Directory, arn: string): Policy | undefined =>
  directory.managed.get(arn) ?? directory.published(arn);

/** Every policy that an identity holds: its own, attached ones, those of its groups. */
export function heldBy(directory: Directory, { identity }: Actor): readonly Held[] {
  if (identity === undefined) return [];
  const attached = (arns: readonly string[]): readonly Held[] =>
    arns.map((arn) => ({ via: "attached", policy: managedPolicy(directory, arn) }));
  return [
    ...identity.inline.map((policy): Held => ({ via: "inline", policy })),
    ...attached(identity.attached),
    ...identity.groups.flatMap((name): readonly Held[] => {
      const group = directory.identities.get(name);
      if (group === undefined) return [{ via: "attached", policy: undefined }];
      return [
        ...group.inline.map((policy): Held => ({ via: "attached", policy })),
        ...attached(group.attached),
      ];
    }),
  ];
}
