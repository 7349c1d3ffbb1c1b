import { emptyCatalogue } from "../../core/accountability/index.js";
import { scopeOfCase, standingOf, statusAt, type CaseEvent, type CaseState } from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";
import type { CaseFilter, CaseRow, Page, PageRequest } from "../../store/index.js";
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

/** What a line is about: the first exposure, what is wrong with it, and how many more there are. */
export interface ExposedLine {
  readonly kind: string;
  readonly name: string;
  readonly weakness: string[];
  readonly more: number;
  readonly account?: string;
}

/** A line of a list. */
export interface CaseLine {
  readonly id: string;
  readonly title: string;
  readonly exposed?: ExposedLine;
  readonly kind: Case["kind"];
  readonly status: CaseState["status"];
  readonly verdict: Case["recreation"]["verdict"];
  readonly words: string;
  readonly because: string;
  readonly severity: Case["severity"];
  readonly tier: number;
  readonly level: number;
  readonly lead: string;
  readonly contain: string;
  readonly owner?: string;
  readonly account?: string;
  readonly dueAt?: string;
  readonly updatedAt: string;
}

export interface CaseQuery extends PageRequest {
  readonly status?: string;
  readonly verdict?: string;
  readonly kind?: string;
  readonly tier?: number;
  readonly lead?: string;
  readonly account?: string;
  readonly dueBefore?: string;
  /** As the catalogue calls them: who has taken containment. */
  readonly takenBy?: string;
}

export async function findCases(
  { store }: Installation,
  { status, takenBy, after, limit, ...rest }: CaseQuery,
): Promise<{ items: CaseLine[]; next?: string }> {
  const filter: CaseFilter = {
    ...rest,
    ...(status === undefined ? {} : { state: status }),
    ...(takenBy === undefined ? {} : { owner: await store.people.pseudonymOf(takenBy) }),
  };
  const page: Page<CaseRow> = await store.cases.list(filter, {
    ...(after === undefined ? {} : { after }),
    ...(limit === undefined ? {} : { limit }),
  });
  const items = await withNames(store, page.items.map(lineOf));
  return { items, ...(page.next === undefined ? {} : { next: page.next }) };
}

function lineOf(row: CaseRow): CaseLine {
  const { state, decided } = caseRecordOf(row);
  return {
    id: row.id,
    title: row.title,
    ...exposedOf(decided),
    kind: decided.kind,
    status: state.status,
    verdict: decided.recreation.verdict,
    words: decided.recreation.words,
    because: decided.recreation.because,
    severity: decided.severity,
    tier: row.tier,
    level: row.level,
    lead: row.lead,
    contain: decided.contain.lead,
    ...(row.owner === undefined ? {} : { owner: row.owner }),
    ...(row.account === undefined ? {} : { account: row.account }),
    ...(row.dueAt === undefined ? {} : { dueAt: row.dueAt }),
    updatedAt: row.updatedAt,
  };
}

function exposedOf({ exposures }: Case): { readonly exposed?: ExposedLine } {
  const [first] = exposures;
  if (first === undefined) return {};
  const same = exposures.filter(({ resource }) => resource === first.resource);
  return {
    exposed: {
      kind: first.resourceKind,
      name: first.resourceName,
      weakness: [...new Set(same.map(({ weaknessTitle }) => weaknessTitle))],
      more: new Set(exposures.map(({ resource }) => resource)).size - 1,
      ...(first.accountName === undefined ? {} : { account: first.accountName }),
    },
  };
}
