import { eventText, type CaseEvent } from "../../src/core/cases/index.js";
import type { CaseRow, NewEvent, Store, StoredEvent } from "../../src/store/index.js";
import { hours, plan, retest, teller } from "../cases/build.js";
import { importOf } from "./finding-scans.js";

export const newEventOf = (event: CaseEvent): NewEvent => ({
  stream: event.case,
  sequence: event.sequence,
  kind: event.fact.kind,
  at: event.at,
  body: eventText(event) ?? "",
  previous: event.previous,
  hash: event.hash,
});

/** A case with some life, by the rules of the core. */
export function caseEvents(): readonly CaseEvent[] {
  const told = teller();
  told.system({ kind: "open", plan: plan() }, hours(0));
  told.does("p-soc", { kind: "note", text: "größer als ein Byte: → ✓ 𝄞" }, hours(1));
  told.does("p-cloud", { kind: "attest", step: "stop:CLOUD_OPS:close", text: "closed" }, hours(2));
  told.system({ kind: "verify", retest: retest(hours(30)) }, hours(31));
  return told.events;
}

export const project = (events: readonly StoredEvent[]): CaseRow => {
  const last = events.at(-1);
  return {
    id: last?.stream ?? "",
    sequence: last?.sequence ?? 0,
    kind: "posture",
    state: last?.kind ?? "",
    open: true,
    title: `after ${String(events.length)} events`,
    severity: 4,
    tier: 2,
    level: 1,
    verdict: "possible",
    lead: "SECRETS",
    updatedAt: last?.at ?? "",
    document: "{}",
  };
};

export const uploaded = Buffer.from(`{"bucket":"acme-exports","words":"${"estate ".repeat(400_000)}"}`);

/** Something in every table. */
export async function furnish(store: Store): Promise<void> {
  const events = caseEvents();
  for (const event of events)
    await store.ledger.append({
      stream: event.case,
      expected: event.sequence - 1,
      events: [newEventOf(event)],
      command: { key: `key-${String(event.sequence)}`, request: event.fact.kind },
    });
  await store.cases.rebuild(project);
  await store.checkpoints.make();
  const { digest } = await store.documents.put(uploaded);
  await store.snapshots.add({
    kind: "estate",
    scope: "*",
    takenAt: hours(0),
    documents: [{ path: "estate/gaad.json", digest }],
  });
  await store.announcements.add("analysis", { digest });
  const teller = { url: "https://hooks.example/remit", events: [], note: "chat", createdBy: "p-operator" };
  const { webhook } = await store.webhooks.add({ ...teller, told: { ledger: 0, announced: 0 } });
  await store.webhooks.tell(webhook, [{ id: "d1", event: "analysis", body: "{}" }], {
    ledger: 1,
    announced: 1,
  });
  await store.webhookSources.add({ kind: "wiz", name: "wiz", createdBy: "p-operator" });
  const by = await store.people.pseudonymOf("ana.ruiz");
  await store.catalogues.add({ bytes: Buffer.from("version: 1\n"), expected: 0, by, note: "first" });
  await store.tokens.issue({ name: "ci", person: by, scopes: ["cases:read", "findings:write"] });
  await store.sessions.begin({ person: by, scopes: ["read"], method: "oidc", expiresAt: hours(8) });
  await store.reads.add({ person: by, action: "getCase", subject: "R-7K2Q", caller: "token/t" });
  const point = { snapshot: "a".repeat(64), at: hours(0), required: 4, covered: 3, unproven: 1, gaps: 1 };
  await store.reports.keepReadiness(point);
  await store.uploads.add({ id: "u1", at: hours(0), by, documents: 1, bytes: 4096 });
  await store.reports.keepImport({ snapshot: point.snapshot, at: point.at, by, report: "{}" });
  const cells = [
    { check: 0, resource: 0, part: 0, result: "fail" },
    { check: 1, resource: 1, part: 0, result: "pass" },
  ] as const;
  await store.findings.import(
    importOf([{ day: 1, tool: "prowler", account: 0, cells, cut: false, path: 1 }], "furnish", 0),
  );
}
