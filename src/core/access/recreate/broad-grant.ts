import type { AccountId } from "../../estate/index.js";
import type { RecreationQuestion } from "../recreation.js";
import type { AnswerSetting } from "./answer.js";
import { createContext } from "./context.js";
import { standing } from "./formula.js";
import { membersOf, without } from "./members.js";
import type { Population } from "./populations.js";
import { createSolver } from "./solver.js";

/**
 * A grant set that re-creates at least `share` of an account's exposures is one cause, not a reason on every row
 * (recreation.md 3). Our reading: a share says something only over several different exposures, so the rule applies to
 * accounts with at least five exposures of at least two weaknesses, and to the identities that hold the rights
 * themselves; whoever merely becomes one of them is a way into the shared case.
 */
export const broadGrantFloor = { exposures: 5, weaknesses: 2 } as const;

export function findBroadGrants(
  questions: readonly RecreationQuestion[],
  share: number,
  accountOf: (question: RecreationQuestion) => AccountId | undefined,
  settingFor: (question: RecreationQuestion) => AnswerSetting | undefined,
): readonly Population[] {
  const byAccount = new Map<AccountId, RecreationQuestion[]>();
  for (const question of questions) {
    const account = accountOf(question);
    if (account === undefined) continue;
    const list = byAccount.get(account);
    if (list === undefined) byAccount.set(account, [question]);
    else list.push(question);
  }
  const found: Population[] = [];
  for (const account of [...byAccount.keys()].sort()) {
    const own = byAccount.get(account) ?? [];
    const weaknesses = new Set(own.map((question) => question.weakness));
    if (own.length < broadGrantFloor.exposures || weaknesses.size < broadGrantFloor.weaknesses) continue;
    const counts = new Map<number, { exposures: number; weaknesses: Set<string> }>();
    for (const question of own) {
      const setting = settingFor(question);
      if (setting === undefined) continue;
      for (const holder of holdersOf(question, setting)) {
        const count = counts.get(holder) ?? { exposures: 0, weaknesses: new Set() };
        count.exposures += 1;
        count.weaknesses.add(question.weakness);
        counts.set(holder, count);
      }
    }
    const members = [...counts]
      .filter(
        ([, count]) =>
          count.exposures >= share * own.length && count.weaknesses.size >= broadGrantFloor.weaknesses,
      )
      .map(([holder]) => holder);
    if (members.length > 0)
      found.push({
        key: `broad-grant|${account}`,
        account,
        kind: "broad-grant",
        members: membersOf(members),
      });
  }
  return found;
}

/** Identities that re-create one exposure by rights of their own. */
function holdersOf(question: RecreationQuestion, setting: AnswerSetting): readonly number[] {
  const { world, formula, index, lifted } = setting;
  const bare = createContext(world.engine, index, question);
  const context = createContext(world.engine, index, question, formula.contain(bare));
  if (formula.immutable?.(context) !== undefined) return [];
  const solver = createSolver(world, world.engine, lifted);
  const restore = formula.restore(context);
  if (standing(restore) === true) return [];
  const { yes } = solver.byOwnRight(restore);
  // Nobody's right is needed: a standing condition, answered above.
  if (yes === "full") return [];
  return [...without(yes, lifted)].filter(
    (member) => world.engine.estate.principal(world.name(member)) !== undefined,
  );
}
