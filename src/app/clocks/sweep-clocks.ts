import { due } from "../../core/cases/index.js";
import type { Repositories } from "../../store/index.js";
import { caseRecordOf, wakeAtOf } from "../cases/case-row.js";
import type { Installation } from "../installation/installation.js";
import { moveCase } from "../installation/move-case.js";

/** What a sweep brought about. */
export interface Swept {
  /** Cases that time has moved. */
  readonly moved: readonly string[];
  /** Moves of time that a rule forbade: a fault of ours, shown and never swallowed. */
  readonly refused: readonly { readonly case: string; readonly rule: string; readonly text: string }[];
  /** More is due than one sweep takes: sweep again. */
  readonly more: boolean;
}

type Timed = Pick<Installation, "store" | "now" | "policy">;

/** Of one case in one sweep; far more than policies bring about at one time. */
const mostNotices = 200;

/** A case that a rule of ours holds up is tried again after so long. */
const patienceMs = 3_600_000;

/**
 * Carries out what time alone has brought about (R62, R71; docs/cases.md, clocks): reminders, escalation along the
 * ladder, silence of orders, ends of approvals, signatures and terms. Cases are found by when they have to be looked at,
 * each is carried out in one transaction, and a notice has an id for good: killed in the middle, delivered twice or run
 * by two at the same time, the ledger comes out the same.
 */
export async function sweepClocks(installation: Timed, most = 200): Promise<Swept> {
  const { store, now } = installation;
  const at = now();
  const rows = await store.cases.toWake(at, most);
  const moved: string[] = [];
  const refused: Swept["refused"][number][] = [];
  for (const { id } of rows) {
    const carried = await store.transaction((repositories) =>
      carryOut(repositories, id, at, installation.policy),
    );
    if (carried.events > 0) moved.push(id);
    if (carried.refused !== undefined) refused.push({ case: id, ...carried.refused });
  }
  return { moved, refused, more: rows.length >= most };
}

interface Carried {
  readonly events: number;
  readonly refused?: { readonly rule: string; readonly text: string };
}

/** `at`: ISO instant. */
export async function carryOut(
  repositories: Repositories,
  id: string,
  at: string,
  policy: Installation["policy"],
): Promise<Carried> {
  let events = 0;
  for (let turn = 0; turn < mostNotices; turn += 1) {
    const row = await repositories.cases.find(id);
    if (row === undefined) return { events };
    const { state } = caseRecordOf(row);
    // A clock that was set back gives no time back.
    const now = Date.parse(state.at) > Date.parse(at) ? state.at : at;
    const [notice] = due(state, now, policy);
    if (notice === undefined) {
      await repositories.cases.sleep(id, row.sequence, wakeAtOf(state, now, policy));
      return { events };
    }
    const moved = await moveCase(repositories, {
      command: { kind: "tick", notice: notice.id },
      context: { case: id, now, by: { job: "clock" }, people: [], policy },
    });
    if (moved.kind === "moved" && moved.events.length > 0) {
      events += moved.events.length;
      continue;
    }
    // Somebody else wrote meanwhile: what is left is found again.
    if (moved.kind !== "refused" && moved.kind !== "moved") return { events };
    const refused =
      moved.kind === "refused"
        ? { rule: moved.refusal.rule, text: moved.refusal.text }
        : { rule: "known-thing", text: `\`${notice.id}\` is due and comes to nothing` };
    const later = new Date(Date.parse(now) + patienceMs).toISOString();
    await repositories.cases.sleep(id, row.sequence, later);
    return { events, refused };
  }
  return { events };
}
