import type { Case } from "../../core/decision/index.js";

/** Everybody whom a decision names as answerable, as the catalogue calls them. */
export const peopleInDecision = ({ contain, trace, fix, authorities, commander }: Case): readonly string[] =>
  [
    ...[
      ...contain.answerable,
      ...trace.answerable,
      ...fix.flatMap(({ answerable }) => answerable),
      ...Object.values(authorities).flat(),
    ].map(({ person }) => person),
    commander.person,
  ].flatMap((person) => person ?? []);
