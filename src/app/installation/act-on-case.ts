import { emptyCatalogue } from "../../core/accountability/index.js";
import { scopeOfCase, standingOf, type Command, type Standing } from "../../core/cases/index.js";
import { inSpan } from "../span.js";
import { caseRecordOf } from "../cases/case-row.js";
import type { Judged } from "../access/authorizer.js";
import { forbiddenBy, type DutyContext } from "../access/duties.js";
import { currentCatalogue } from "./catalogue.js";
import type { Installation } from "./installation.js";
import { moveCase, type Moved } from "./move-case.js";
import { peopleNamedIn, pseudonymsFor, withNames, withPseudonyms } from "./people.js";

export interface ActRequest {
  readonly case: string;
  /** As the catalogue calls them. */
  readonly person: string;
  /** People in it as the catalogue calls them. */
  readonly command: Command;
  readonly expected?: number;
  readonly key?: string;
  /** Asks the policies of the installation once the rules of the case would let it pass. */
  readonly judge?: (context: DutyContext) => Judged;
}

/** A person makes a move, and reads names in the answer; what they may is what the catalogue in force says that they are in this case now. */
export const actOnCase = (installation: Installation, request: ActRequest): Promise<Moved> =>
  inSpan(
    "remit.command",
    { "remit.case": request.case, "remit.command": request.command.kind },
    () => act(installation, request),
    (moved) => ({
      "remit.outcome": moved.kind,
      ...(moved.kind === "refused" ? { "remit.rule": moved.refusal.rule } : {}),
    }),
  );

async function act(installation: Installation, request: ActRequest): Promise<Moved> {
  const { store, now, policy } = installation;
  const at = now();
  const catalogue = (await currentCatalogue(store, at))?.catalogue ?? emptyCatalogue;
  const named = peopleNamedIn(request.command);
  const moved = await store.transaction(async (repositories): Promise<Moved> => {
    const row = await repositories.cases.find(request.case);
    if (row === undefined) return { kind: "no-case" };
    const { state, decided } = caseRecordOf(row);
    const everybody = catalogue.people.map(({ id }) => id);
    const pseudonym = await pseudonymsFor(repositories, [...everybody, ...named, request.person]);
    const scope = scopeOfCase(decided);
    const standing = (person: string): Standing =>
      standingOf({ catalogue, person, pseudonym, plan: state.plan, scope, now: at });
    const known = named.filter((person) => everybody.includes(person));
    return moveCase(repositories, {
      command: withPseudonyms(request.command, pseudonym),
      context: {
        case: request.case,
        now: at,
        by: standing(request.person),
        people: known.map(standing),
        policy,
      },
      ...(request.expected === undefined ? {} : { expected: request.expected }),
      ...(request.key === undefined ? {} : { key: request.key }),
      ...(request.judge === undefined
        ? {}
        : { forbidden: forbiddenBy(request.judge, request.command, pseudonym(request.person)) }),
    });
  });
  return moved.kind === "refused" || moved.kind === "moved" ? withNames(store, moved) : moved;
}
