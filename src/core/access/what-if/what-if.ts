import { createBecome } from "../become/become.js";
import type { ActionDictionary } from "../aws/action-dictionary.js";
import type { Become } from "../become.js";
import type { ChangedEstate } from "../change/draft.js";
import type { AccessPolicy } from "../sanction.js";
import { accessDifference, type AccessDifference } from "./access-difference.js";
import type { EntryChange, Limits } from "./difference.js";
import { entryDifference } from "./entry-difference.js";
import { questionsOf } from "./questions.js";
import { usedAccess, type UsedAccess } from "./used-access.js";

/** Everything that changes for identities; verdicts of exposures are asked of `after`. */
export interface WhatIf {
  readonly access: AccessDifference;
  readonly entries: readonly EntryChange[];
  readonly used: UsedAccess;
  /** Questions that were asked on both sides, and those beyond the limits. */
  readonly asked: number;
  readonly unasked: number;
  readonly after: Become;
}

/**
 * The answers after a change beside those before it. The change lies over the compiled estate, so that each question
 * costs what it costs without (access.md, overlay for counterfactuals).
 */
export function whatIf(
  before: Become,
  changed: ChangedEstate,
  policy: AccessPolicy,
  actions: ActionDictionary | undefined,
  limits: Limits,
): WhatIf {
  const engine = before.engine.withOverlay({ changed });
  const after = createBecome(engine, { ...policy, sanctions: [...policy.sanctions, ...changed.sanctions] });
  const { questions, left } = questionsOf(before.engine.estate, changed, actions, limits.questions);
  const access = accessDifference(
    before.engine,
    engine,
    questions,
    [...changed.touched.principals],
    limits.rows,
  );
  const entries = entryDifference(before, after, changed);
  return {
    access,
    entries,
    used: usedAccess(before.engine, engine, entries, limits.uses),
    asked: questions.length,
    unasked: left,
    after,
  };
}
