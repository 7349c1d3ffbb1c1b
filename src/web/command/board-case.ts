import type { CaseState, Order } from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";

/** A case as GET /cases/{id} tells it, and who looks at it. */
export interface BoardCase {
  /** As the catalogue calls them; undefined until the session is known. */
  readonly me: string | undefined;
  readonly state: CaseState;
  readonly decided: Case;
  readonly you: {
    readonly roles: readonly string[];
    readonly authorities: readonly string[];
    readonly commander: boolean;
  };
}

/** The term in force or the one that ran out; absent where nobody was appointed. */
export function termOf(state: CaseState, now: string) {
  const { commander } = state;
  if (commander === undefined) return undefined;
  const ended = commander.endedAt ?? (commander.until < now ? commander.until : undefined);
  return { person: commander.person, until: ended ?? commander.until, over: ended !== undefined };
}

/** Whether you order here now: others of the roster of commanders only could be appointed. */
export function commandingOf({ state, me }: BoardCase, now: string): boolean {
  const term = state.incident === undefined ? undefined : termOf(state, now);
  return term !== undefined && !term.over && term.person === me;
}

/** Orders that nobody answered in time, the longest silence first. */
export const silentOrders = ({ orders }: CaseState): readonly Order[] =>
  orders
    .filter(({ state, silences }) => state === "waiting" && silences > 0)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));

export const refusedOrders = ({ orders }: CaseState): readonly Order[] =>
  orders.filter(({ state }) => state === "refused");

const weight = { refused: 1, waiting: 2, acknowledged: 3, done: 4, withdrawn: 5 } as const;

/** What needs an act comes first: silent, refused, waiting; what was answered follows. */
export const inOrder = (orders: readonly Order[]): readonly Order[] =>
  [...orders].sort((a, b) => rank(a) - rank(b) || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

const rank = ({ state, silences }: Order): number =>
  state === "waiting" && silences > 0 ? 0 : weight[state];
