import type { Role } from "../accountability/index.js";
import { rowOwner } from "./accountable.js";
import { decisivePaths, type Row } from "./causes.js";
import { fired, holds, type Settled } from "./decided-facts.js";
import { exposureRow } from "./exposure-row.js";
import { leadingRow } from "./minimum-cut.js";

export interface CaseLead {
  readonly lead: Role | "not decided yet";
  /** The row that step D picked; undefined when a rule names the lead or nothing was picked. */
  readonly row?: Row;
  readonly because: string;
}

/** decision-rules.md, step D; step E for an unknown verdict. */
export function caseLead(
  settled: Settled,
  originKind: "event" | "code" | "capability" | "unknown",
): CaseLead {
  if (fired(settled, "D10")) return { lead: "APP", because: "D10: the patch owner acts alone" };
  if (fired(settled, "D1"))
    return { lead: "CLOUD_OPS", because: "D1: only a setting is wrong and no identity can bring it back" };
  const row = pickedRow(settled, originKind);
  if (settled.verdict === "unknown" && settled.view.counted.length === 0) {
    // What nothing proves picks nobody: only a deed or a definition does.
    const proven = originKind === "event" || originKind === "code";
    return {
      lead: "not decided yet",
      ...(row === undefined || !proven ? {} : { row: row.row }),
      because: "a named fact is missing; CLOUD_OPS holds the resource meanwhile, IDGOV is in the owner set",
    };
  }
  if (row === undefined)
    return { lead: "CLOUD_OPS", because: "nothing survives containment but the setting itself" };
  return { lead: rowOwner(row.row, settled).accountable, row: row.row, because: row.because };
}

/** The row of the minimum cut over decisive paths, or the one that what made the exposure points at. */
export function pickedRow(
  settled: Settled,
  originKind: "event" | "code" | "capability" | "unknown",
): { readonly row: Row; readonly because: string } | undefined {
  // recreation.md 3: a population that was lifted out is identity governance's, whichever key opens it.
  if (settled.view.input.sharedCause !== undefined) return { row: 3, because: "standing rights are a grant" };
  const decisive = decisivePaths(settled.view.counted);
  const cut = leadingRow(decisive);
  if (cut !== undefined) {
    const routes = decisive.length === 1 ? "the worst route" : `the ${String(decisive.length)} worst routes`;
    return {
      row: cut.row,
      because: `cutting ${String(cut.hops)} hop${cut.hops === 1 ? "" : "s"} ends ${routes}${cut.exact ? "" : " (approximate cut)"}`,
    };
  }
  switch (originKind) {
    case "event": {
      const used = settled.causes.find(
        (cause) => cause.paths.length === 0 && cause.row !== 11 && cause.row !== 6,
      );
      return {
        row: used?.row ?? usedRow(settled),
        because: "nothing survives; the identity that made it answers",
      };
    }
    case "code":
      if (holds(settled, "standing_secret_exposed"))
        return { row: 1, because: "nothing survives; a secret lies in code" };
      return holds(settled, "framework_flaw")
        ? { row: 5, because: "nothing survives; the flaw made it" }
        : { row: 7, because: "nothing survives; code defines it" };
    case "capability":
    case "unknown":
      return holds(settled, "cloud_setting")
        ? { row: 11, because: "nothing survives containment; the setting is all there is" }
        : {
            row: exposureRow(settled.view),
            because: "nothing survives containment; the exposure itself is left",
          };
  }
}

/** The row of the credential or principal that an audit record shows (step D, origin event). */
function usedRow(settled: Settled): Row {
  const [event] = settled.view.events;
  if (event?.credential !== undefined) return 1;
  const actor = event?.actor === undefined ? undefined : settled.view.context.estate.principal(event.actor);
  if (actor === undefined) return 3;
  switch (actor.kind) {
    case "application":
    case "managed-identity":
    case "federated-subject":
      return 2;
    case "root":
      return 9;
    case "person":
    case "saml-subject":
      return 8;
    default:
      return actor.immutable === "aws-reserved" ? 8 : 3;
  }
}
