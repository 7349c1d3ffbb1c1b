import type { CataloguePolicy } from "../../accountability/index.js";
import type { Deadline } from "../analysis.js";
import type { CaseView } from "../case-view.js";
import { bod2604 } from "./bod-26-04.js";
import { fedrampVdr } from "./fedramp-vdr.js";
import { dora, nis2 } from "./incident-reports.js";
import { ownPack } from "./own.js";
import type { DeadlinePack, PackQuestion } from "./pack.js";
import { ssvc } from "./ssvc.js";

/** The rule books that ship. One more: one file and one line. */
const packs: readonly DeadlinePack[] = [bod2604, ssvc, fedrampVdr, nis2, dora];

export const deadlinePacks: readonly string[] = ["default", ...packs.map(({ id }) => id), "own"];

export type PolicyOfDeadlines = Pick<CataloguePolicy, "deadlines" | "ownDeadlines">;

/** What the packs that a policy names ask for, in its order. A name that is none of them is a fault of the catalogue. */
export function packDeadlines(
  question: PackQuestion,
  policy: PolicyOfDeadlines | undefined,
): readonly Deadline[] {
  const chosen = (policy?.deadlines ?? []).flatMap((id) =>
    id === "own" ? [ownPack(policy?.ownDeadlines ?? [])] : packs.filter((pack) => pack.id === id),
  );
  return chosen.flatMap((pack) =>
    pack.deadlines(question).map((line) => ({ ...line, rule: `${pack.id}/${pack.version}` })),
  );
}

export function questionOf(view: CaseView, value: PackQuestion["value"], now: string): PackQuestion {
  const seen = view.input.exposures
    .flatMap((item) => (item.state === "open" ? (item.firstSeen ?? []) : []))
    .sort();
  const declared = view.incidents.map((item) => item.declaredAt).sort();
  return {
    kind: view.input.kind,
    value,
    mission: view.catalogued.find((entry) => entry.facts.mission !== undefined)?.facts.mission,
    firstSeen: seen[0],
    declaredAt: declared[0],
    now,
  };
}
