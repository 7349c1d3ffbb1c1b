import type { PolicyUse, Principal, Statement } from "../../estate/index.js";
import type { Lifted } from "../engine.js";
import { deniedStill } from "./candidates.js";
import type { BecomeModel } from "./model.js";
import { gainedPower, hasUnread, mightDo, type Power } from "./power.js";

/** What was changed about one identity so far. */
export interface Hold {
  full: boolean;
  readonly gained: Map<PolicyUse["document"], PolicyUse>;
  open: boolean;
  lifted: Lifted;
}

export const emptyHold = (): Hold => ({ full: false, gained: new Map(), open: false, lifted: {} });

/** Changed rights of one identity, and the most that its limits leave of any right. */
export interface Changed {
  readonly power: Power;
  readonly limit: Power;
}

/** The rights that a changed identity has beside those it holds anyway; undefined: none. */
export function changedBy(
  model: BecomeModel,
  index: number,
  principal: Principal,
  hold: Hold,
): Changed | undefined {
  const { full, gained, open, lifted } = hold;
  const off = Object.values(lifted).some((value) => value === true);
  if (!full && !off && gained.size === 0 && !open) return undefined;
  const limit = gainedPower(model, principal, "full", lifted);
  if (full) return { power: limit, limit };
  // What was held back is there once the limit is off: its own Allow statements, judged by what is left of the limits.
  const own = off ? allowsOf(model.uses(index)) : [];
  const gains = {
    uses: [...own, ...allowsOf(gained.values())],
    open: open || (off && hasUnread(model, principal)),
  };
  return { power: gainedPower(model, principal, gains, lifted), limit };
}

const allowsOf = (uses: Iterable<PolicyUse>): readonly PolicyUse[] =>
  [...uses].map((use) => ({
    ...use,
    document: {
      ...use.document,
      statements: use.document.statements.filter(({ effect }) => effect === "Allow"),
    },
  }));

/** Nothing but the organisation limits it. */
export const isBare = (model: BecomeModel, principal: Principal, { lifted }: Hold): boolean =>
  (principal.boundary === undefined || lifted.boundary === true) && !deniedStill(model, principal, lifted);

/** An Allow of a resource policy or a trust that names the identity itself, or anyone. */
export const namesItself = (statements: readonly Statement[], id: string): boolean =>
  statements.some(
    ({ effect, principal }) =>
      effect === "Allow" &&
      principal !== undefined &&
      (principal.any || principal.negated || principal.aws.some((text) => text === "*" || text === id)),
  );

const spoken = new WeakMap<BecomeModel, Map<string, boolean>>();

/** A grant of the identity speaks of the action at all. */
export function speaks(model: BecomeModel, index: number, action: string): boolean {
  let known = spoken.get(model);
  if (known === undefined) spoken.set(model, (known = new Map<string, boolean>()));
  const key = `${index} ${action}`;
  let found = known.get(key);
  if (found === undefined) {
    const principal = model.principal(index);
    const open = principal === undefined || hasUnread(model, principal);
    found = open || mightDo({ open, uses: model.uses(index) } as Power, action);
    known.set(key, found);
  }
  return found;
}
