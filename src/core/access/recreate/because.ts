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
  const starter = starterWords(entry, holder);
  switch (entry.kind) {
    case "federated-workload":
      return through ? `${entry.label} gets ${holder} → ${actor}` : `${entry.label} gets ${holder}`;
    case "trust":
      return `${entry.label.replace(/^any identity of account/, "account")} → ${through ? actor : shortAction(step)}`;
    case "inherited-role":
      if (entry.starter === resource) return `its own role ${holder} ${through ? `→ ${actor}` : verb}`;
      return through ? `${starter} → ${actor}` : `${starter}; ${verb}`;
    case "standing-credential":
    case "secret-reuse":
    case "pipeline":
    case "service-principal":
    case "human":
    case "root":
      return through ? `${starter}; → ${actor}` : `${starter}; ${verb}`;
  }
}

/** Who starts, as the subject of a sentence: `a leaked key of svc-batch`, `any repository named acme…`. */
export function startedBy(entry: Entry, resource: string): string {
  const holder = shortName(entry.principal);
  const [who = entry.label] = entry.label.split(/, | runs as it/);
  switch (entry.kind) {
    case "inherited-role":
      return entry.starter === resource ? `its own role ${holder}` : who;
    case "standing-credential":
    case "secret-reuse": {
      const words = starterWords(entry, holder).split(/, | is live/)[0] ?? who;
      return /^(leaked|static|password)/.test(words) ? `a ${words}` : words;
    }
    case "federated-workload":
      return entry.label;
    default:
      return who;
  }
}

const shortAction = (step: Step): string => step.right.action.slice(step.right.action.indexOf(":") + 1);

/** `leaked key of svc-batch is live`, `static key of svc-batch, 611 days`, `instance i-1 runs as batch-node`. */
function starterWords(entry: Entry, holder: string): string {
  // That it is reachable from the internet is what COMES BACK says already.
  if (entry.label.includes(" runs as it"))
    return entry.label.replace(/ runs as it(, reachable from the internet)?/, ` runs as ${holder}`);
  if (entry.kind !== "standing-credential" || entry.label.includes(holder)) return entry.label;
  const what = /^(static key|password|[A-Za-z ]+?)(?= [A-Z0-9]|,|$)/.exec(entry.label)?.[0] ?? "credential";
  const age = /\d+ days/.exec(entry.label)?.[0];
  if (entry.band === 1) return `leaked ${what.replace(/^static /, "")} of ${holder} is live`;
  return `${what} of ${holder}${age === undefined ? "" : `, ${age}`}`;
}
