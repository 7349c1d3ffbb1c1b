import type { Entry } from "../become.js";
import type { Derivation, Step } from "./derivation.js";
import { shortName } from "./context.js";

/**
 * The worst path in one clause, for the table (first-minute.md 1): starter, then the decisive identity or right. No
 * ARNs, no rule ids, no "may potentially".
 */
export function becauseOf(
  entry: Entry,
  derivation: Derivation,
  verbs: Readonly<Record<string, string>>,
  resource: string,
): string {
  const step = derivation.steps[0];
  if (step === undefined) return `${entry.label}: the setting still stands`;
  const actor = shortName(step.actor);
  const holder = shortName(entry.principal);
  const verb = verbs[step.right.action] ?? `may ${step.right.action}`;
  const through = step.walk.length > 0 && actor !== holder;
  switch (entry.kind) {
    case "federated-workload":
      return through ? `${entry.label} gets ${holder} → ${actor}` : `${entry.label} gets ${holder}`;
    case "trust":
      return `${entry.label} → ${through ? actor : shortAction(step)}`;
    case "inherited-role":
      if (entry.starter === resource) return `its own role ${holder} ${through ? `→ ${actor}` : verb}`;
      return through ? `${entry.label} → ${actor}` : `${entry.label}; ${verb}`;
    case "standing-credential":
    case "secret-reuse":
    case "pipeline":
    case "service-principal":
    case "human":
    case "root":
      return through ? `${entry.label}; → ${actor}` : `${entry.label}; ${verb}`;
  }
}

const shortAction = (step: Step): string => step.right.action.slice(step.right.action.indexOf(":") + 1);
