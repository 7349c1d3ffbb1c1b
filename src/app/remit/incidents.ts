import { stillHolds } from "../../core/accountability/index.js";
import { statusAt } from "../../core/cases/index.js";
import type { Viewer } from "../access/viewer.js";
import { caseRecordOf } from "../cases/case-row.js";
import type { Installation } from "../installation/installation.js";
import { withNames } from "../installation/people.js";

export interface LiveIncident {
  readonly case: string;
  readonly title: string;
  readonly words: string;
  readonly because: string;
  readonly tier: number;
  readonly status: string;
  readonly declaredAt: string;
  readonly declaredBy: string;
  readonly commander?: {
    readonly person: string;
    readonly from: string;
    readonly until: string;
    readonly over: boolean;
  };
  readonly handover?: { readonly to: string; readonly at: string };
  readonly yours: boolean;
  readonly orders: Record<"waiting" | "silent" | "acknowledged" | "refused" | "done", number>;
  readonly dueAt?: string;
  readonly lastEventAt: string;
}

const most = 200;

/** Cases that were declared an incident and are not closed, the last changed first. */
export async function liveIncidents(
  installation: Installation,
  { person, visible }: Viewer,
): Promise<readonly LiveIncident[]> {
  const { store, now } = installation;
  const at = now();
  const self = await store.people.pseudonymOf(person);
  const page = await store.cases.list({ open: true, incident: true, visible }, { limit: most }, "updated");
  const incidents = page.items.flatMap((row): readonly LiveIncident[] => {
    const { state, decided } = caseRecordOf(row);
    const { incident, commander, handover, orders } = state;
    if (incident === undefined) return [];
    const count = (test: (order: (typeof orders)[number]) => boolean): number => orders.filter(test).length;
    return [
      {
        case: state.id,
        title: decided.title,
        words: decided.recreation.words,
        because: decided.recreation.because,
        tier: decided.tier,
        status: statusAt(state, at),
        declaredAt: incident.at,
        declaredBy: incident.by,
        ...(commander === undefined
          ? {}
          : {
              commander: {
                person: commander.person,
                from: commander.from,
                until: commander.until,
                over: commander.endedAt !== undefined || !stillHolds(commander.until, at),
              },
            }),
        ...(handover === undefined ? {} : { handover }),
        yours: commander?.person === self,
        orders: {
          waiting: count((order) => order.state === "waiting"),
          silent: count((order) => order.state === "waiting" && order.silences > 0),
          acknowledged: count((order) => order.state === "acknowledged"),
          refused: count((order) => order.state === "refused"),
          done: count((order) => order.state === "done"),
        },
        ...(row.dueAt === undefined ? {} : { dueAt: row.dueAt }),
        lastEventAt: state.at,
      },
    ];
  });
  return withNames(store, incidents);
}
