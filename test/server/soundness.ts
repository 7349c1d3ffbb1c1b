import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { caseRecordOf } from "../../src/app/cases/case-row.js";
import { foldAll, type CaseEvent } from "../../src/core/cases/index.js";
import { verifyArchive, type Store } from "../../src/store/index.js";

/**
 * Whatever was done to an installation: its ledger verifies from an export alone, and every case is what its events
 * fold to, no more and no less. Gives how many events there are.
 */
export async function expectSound(store: Store): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "remit-sound-"));
  try {
    const path = join(folder, "all.remit");
    await store.exportTo(path);
    const report = await verifyArchive(path);
    expect(report).toMatchObject({ kind: "whole" });
    for (let after: string | undefined; ;) {
      const page = await store.cases.list({}, { limit: 500, ...(after === undefined ? {} : { after }) });
      for (const row of page.items) {
        const events = (await store.ledger.stream(row.id)).map(({ body }) => JSON.parse(body) as CaseEvent);
        expect(caseRecordOf(row).state).toEqual(foldAll(events));
      }
      if (page.next === undefined) break;
      after = page.next;
    }
    return (await store.ledger.head()).position;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
