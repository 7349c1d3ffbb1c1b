import { runImports } from "../imports/run-imports.js";
import type { Installation } from "../installation/installation.js";
import { reanalyse, type Reanalysed } from "../installation/reanalyse.js";

/**
 * Goes on with imports that wait or that a process left behind; then analyses everything anew where documents came after
 * the last analysis began: sent by a webhook, or by a process that ended before it came to it. However many came, once.
 */
export async function analyseWhatCame(installation: Installation): Promise<Reanalysed | undefined> {
  await runImports(installation);
  if (!(await isBehind(installation))) return undefined;
  // Whoever takes in documents analyses them too; that may be running now.
  await installation.turn(() => Promise.resolve());
  return (await isBehind(installation)) ? reanalyse(installation) : undefined;
}

async function isBehind({ store }: Pick<Installation, "store">): Promise<boolean> {
  const analysed = (await store.snapshots.latest("analysis", "*"))?.takenAt ?? "";
  const came = await Promise.all(
    (["estate", "findings"] as const).map((kind) => store.snapshots.latest(kind, "*")),
  );
  return came.some((snapshot) => snapshot !== undefined && snapshot.takenAt > analysed);
}
