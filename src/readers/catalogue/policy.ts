import type { z } from "zod";
import type { PolicySwitches } from "../../core/accountability/index.js";
import type { policyBlock } from "./schema.js";
import { durationHours } from "./scalars.js";

/** The switches that a `policy` block sets, in the units of the core. */
export function policyOf(block: z.output<typeof policyBlock>): PolicySwitches {
  const hours = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : durationHours(text);
  const shortLivedHours = hours(block.shortLived);
  const jitMaxHours = hours(block.jitMax);
  const age = hours(block.maxEstateAge);
  return {
    ...(block.regulated === undefined ? {} : { regulated: block.regulated }),
    ...(block.deadlines === undefined
      ? {}
      : {
          deadlines: [block.deadlines].flat().filter((id) => id !== "default"),
        }),
    ...(block.ownDeadlines === undefined
      ? {}
      : {
          ownDeadlines: block.ownDeadlines.map(({ within, ...line }) => ({
            ...line,
            withinHours: durationHours(within) ?? 0,
          })),
        }),
    ...(block.commander?.maxDomains === undefined ? {} : { commanderMaxDomains: block.commander.maxDomains }),
    ...(shortLivedHours === undefined ? {} : { shortLivedHours }),
    ...(block.patchOwnershipAlone === undefined ? {} : { patchOwnershipAlone: block.patchOwnershipAlone }),
    ...(block.sharedCause === undefined ? {} : { sharedCause: block.sharedCause }),
    ...(jitMaxHours === undefined ? {} : { jitMaxHours }),
    ...(age === undefined ? {} : { maxEstateAgeDays: age / 24 }),
  };
}
