import { moveCase } from "../../src/app/installation/move-case.js";
import { defaultCasePolicy, type Command, type Standing } from "../../src/core/cases/index.js";
import type { Case } from "../../src/core/decision/index.js";
import type { Store } from "../../src/store/index.js";
import { hours, named, people, plan, start } from "../cases/build.js";

/** What lists show of it; the moves look at the plan only. */
const decidedAs = (id: string) =>
  ({
    id,
    kind: "posture",
    title: "a bucket that everybody reads",
    severity: "high",
    tier: 2,
    lead: "SECRETS",
    accessPathKey: id,
    exposures: [],
    recreation: { verdict: "possible", words: "yes, by itself", because: "the pipeline", paths: [] },
    fix: [],
    contain: { lead: "REVOKER", answerable: [] },
    trace: { lead: "SECRETS", answerable: [] },
    controlPoint: { role: "SECRETS" },
  }) as unknown as Case;

export async function send(
  store: Store,
  id: string,
  by: Standing | { readonly job: string },
  command: Command,
  now: string,
): Promise<void> {
  const moved = await store.transaction((repositories) =>
    moveCase(repositories, {
      command,
      context: { case: id, now, by, people, policy: defaultCasePolicy },
      decided: decidedAs(id),
    }),
  );
  if (moved.kind !== "moved") throw new Error(JSON.stringify(moved));
}

/** A case with an order, a request, a signature to come and a term that end: something of every kind falls due. `from`: ISO instant of the opening. */
export async function openCase(store: Store, id: string, from = start): Promise<void> {
  await send(store, id, { job: "analysis" }, { kind: "open", plan: plan() }, hours(0, from));
  await send(
    store,
    id,
    named("p-soc"),
    { kind: "appoint-commander", person: "p-chief", until: hours(20, from) },
    hours(0.1, from),
  );
  await send(
    store,
    id,
    named("p-chief"),
    { kind: "order", to: "REVOKER", action: "disable the key now" },
    hours(0.2, from),
  );
  await send(
    store,
    id,
    named("p-cloud"),
    {
      kind: "request",
      asked: { kind: "step", step: "revoke:REVOKER:key", of: "EMERGENCY_APPROVER" },
      reason: "the key is used from outside",
      until: hours(30, from),
    },
    hours(0.3, from),
  );
}
