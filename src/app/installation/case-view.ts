import { emptyCatalogue } from "../../core/accountability/index.js";
import { scopeOfCase, standingOf, statusAt, type CaseEvent, type CaseState } from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";
import { caseRecordOf } from "../cases/case-row.js";
import { currentCatalogue } from "./catalogue.js";
import type { Installation } from "./installation.js";
import { pseudonymsFor, withNames } from "./people.js";

/** A case as it is shown to one person; people as the catalogue calls them. */
export interface CaseView {
  readonly state: CaseState;
  readonly decided: Case;
  readonly you: {
    readonly roles: string[];
    readonly authorities: string[];
    readonly commander: boolean;
  };
  readonly head: string;
}

export async function viewCase(
  { store, now }: Installation,
  id: string,
  person: string,
): Promise<CaseView | undefined> {
  const row = await store.cases.find(id);
  if (row === undefined) return undefined;
  const { state, decided } = caseRecordOf(row);
  const at = now();
  const catalogue = (await currentCatalogue(store, at))?.catalogue ?? emptyCatalogue;
  const pseudonym = await pseudonymsFor(store, [person]);
  const you = standingOf({
    catalogue,
    person,
    pseudonym,
    plan: state.plan,
    scope: scopeOfCase(decided),
    now: at,
  });
  return {
    state: { ...(await withNames(store, state)), status: statusAt(state, at) },
    decided,
    you: {
      roles: [...you.roles],
      authorities: you.authorities.map(({ kind }) => kind),
      commander: you.commander,
    },
    head: state.head,
  };
}

export async function caseEvents({ store }: Installation, id: string): Promise<readonly CaseEvent[]> {
  const events = (await store.ledger.stream(id)).map(({ body }) => JSON.parse(body) as CaseEvent);
  return withNames(store, events);
}
