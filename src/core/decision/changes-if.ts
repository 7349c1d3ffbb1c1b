import { namedFacts } from "../access/index.js";
import type { Case } from "./analysis.js";
import { rowOwner } from "./accountable.js";
import { decisivePaths } from "./causes.js";
import { fired, holds, type Settled } from "./decided-facts.js";
import { exposureRow } from "./exposure-row.js";
import { leadingRow } from "./minimum-cut.js";
import { comesBackWords } from "./words.js";
import { nameOf } from "./names.js";

/**
 * What would change the decision, computed by taking away the worst starter, then the next: at most two such
 * steps and the declared incident (first-minute.md, CHANGES IF).
 */
export function changesIf(settled: Settled): Case["changesIf"] {
  const changes: { if: string; then: string }[] = [];
  let rest = settled.view.counted;
  for (let step = 0; step < 2 && rest.length > 0; step += 1) {
    const [worst] = decisivePaths(rest);
    if (worst === undefined) break;
    const starter = worst.credential ?? worst.starter;
    rest = rest.filter((path) => (path.credential ?? path.starter) !== starter);
    const what =
      worst.leg !== "drift"
        ? `${nameOf(starter)} can no longer start${step > 0 ? " either" : ""}`
        : worst.hops.some((hop) => hop.cause === "code")
          ? `${nameOf(starter)} no longer ${holds(settled, "standing_secret_exposed") ? "hands it out" : "sets it"}`
          : `${nameOf(starter)} is gone or rotated by a machine`;
    changes.push({ if: what, then: outcome(settled, rest) });
  }
  if (settled.verdict === "unknown") {
    changes.push(...factChanges(settled));
  }
  if (!fired(settled, "D7")) changes.push({ if: "declared incident", then: "SECOPS coordinates" });
  return changes.slice(0, 3);
}

/** What the missing facts decide: each alone where it does, else all of them at once. */
function factChanges(settled: Settled): Case["changesIf"] {
  const { input, candidates } = settled.view;
  const lead = leadingRow(decisivePaths(candidates));
  const open = lead === undefined ? "" : `, lead ${rowOwner(lead.row, settled).accountable}`;
  const shut = `, lead ${rowOwner(11, settled).accountable}`;
  const said = (word: string): string =>
    word.startsWith("yes") ? word + open : word.startsWith("only admins") ? word + shut : word;
  const answers = input.recreations.filter((item) => item.verdict === "unknown");
  const named = answers.flatMap((answer) => {
    const facts = new Set(namedFacts(answer.missing).map((fact) => fact.key));
    return answer.wouldDecide.filter(
      (item) =>
        facts.has(item.fact.key) && !(item.ifTrue === "still unknown" && item.ifFalse === "still unknown"),
    );
  });
  const decisive = named.filter((item) => item.ifTrue !== "still unknown");
  const together = answers.flatMap((answer) => answer.togetherDecide ?? [])[0];
  if (decisive.length === 0 && together !== undefined) {
    return [
      { if: "the missing facts let it pass", then: said(together.ifTrue) },
      { if: "they do not", then: said(together.ifFalse) },
    ];
  }
  return [...new Map(decisive.map((item) => [item.fact.key, item])).values()].slice(0, 1).flatMap((item) => [
    { if: `${item.fact.fact} let it pass`, then: said(item.ifTrue) },
    { if: "if not", then: said(item.ifFalse) },
  ]);
}

/** Words and lead when only `rest` is left. Never `cannot`: a starter taken away proves nothing about the rest. */
function outcome(settled: Settled, rest: Settled["view"]["counted"]): string {
  const { input, candidates, counted } = settled.view;
  const decisive = decisivePaths(rest);
  const cut = leadingRow(decisive);
  const [worst] = decisive;
  if (cut !== undefined && worst !== undefined) {
    const words = comesBackWords("posture", "possible", worst.band, [], false);
    return `${words}, lead ${rowOwner(cut.row, settled).accountable}`;
  }
  if (input.sharedCause !== undefined) return "only admins, lead IDGOV";
  const lead = holds(settled, "standing_secret_exposed")
    ? rowOwner(1, settled).accountable
    : rowOwner(holds(settled, "cloud_setting") ? 11 : exposureRow(settled.view), settled).accountable;
  const open =
    candidates.length > counted.length || input.recreations.some((item) => item.missing.length > 0);
  if (open) return `unknown, lead ${lead}`;
  const shared = input.recreations.some(
    (item) => item.sharedCauses.length > 0 || item.basis.includes("expected"),
  );
  if (shared) return `only admins, lead ${lead}`;
  return `${input.paths.some((path) => path.governed) ? "governed" : "no known way back"}, lead ${lead}`;
}
