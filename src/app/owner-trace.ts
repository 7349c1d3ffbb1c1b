import type {
  Answerable,
  Duty,
  ExplainingOwnerFinder,
  OwnerExplanation,
  OwnerFinder,
  OwnershipScope,
  Role,
} from "../core/accountability/index.js";
import type { Case } from "../core/decision/index.js";

/** Remembers which question each owner of an analysis answers, so that it can be asked again with its reasons. */
export interface OwnerTrace {
  /** The same finder, listened to. */
  through(finder: ExplainingOwnerFinder): OwnerFinder;
  /** Why the owners of a case are its owners, one per role, in the order of its tasks. */
  reasonsOf(item: Case): readonly OwnerExplanation[];
}

interface Asked {
  readonly role: Role;
  readonly scope: OwnershipScope;
  readonly duty: Duty | undefined;
}

export function createOwnerTrace(): OwnerTrace {
  const byAnswer = new WeakMap<Answerable, Asked>();
  /** Where nobody was found there is no owner to remember the question by, only the words of the gap. */
  const byGap = new Map<string, Asked>();
  let asking: ExplainingOwnerFinder | undefined;
  return {
    through(finder) {
      asking = finder;
      return {
        exists: (role, scope) => finder.exists(role, scope),
        owners(role, scope, duty) {
          const answer = finder.owners(role, scope, duty);
          for (const answerable of answer.answerables) byAnswer.set(answerable, { role, scope, duty });
          if (answer.gap !== undefined) byGap.set(answer.gap, { role, scope, duty });
          return answer;
        },
      };
    },
    reasonsOf(item) {
      const tasks = [item.contain, item.trace, ...item.fix];
      const asked = [
        ...tasks.flatMap(({ answerable }) => answerable.flatMap((owner) => byAnswer.get(owner) ?? [])),
        ...item.gaps.flatMap(({ text }) => byGap.get(text) ?? []),
      ];
      const roles = new Map<Role, Asked>();
      for (const question of asked) if (!roles.has(question.role)) roles.set(question.role, question);
      return [...roles.values()].flatMap(
        ({ role, scope, duty }) => asking?.explainOwner(role, scope, duty) ?? [],
      );
    },
  };
}
