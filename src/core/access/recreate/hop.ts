import { accountOfArn, type CredentialCopy, type Estate } from "../../estate/index.js";
import type { BecomeEdge, Entry } from "../become.js";
import type { Hop, HopCause } from "../recreation.js";
import type { Derivation, Step } from "./derivation.js";

/** The way in, as the first hop. Its cause picks the accountable row of decision-rules.md C. */
export function entryHop(estate: Estate, entry: Entry): Hop {
  const note = credentialNote(estate, entry);
  return {
    from: entry.starter,
    to: entry.principal,
    via: entryWords(entry),
    rule: `entry:${entry.kind}`,
    ...(note === undefined ? {} : { note }),
    evidence: entry.evidence,
    cause: entryCause(estate, entry),
  };
}

/** Where copies of a secret lie, its state, age and last use: what a reader checks first (first-minute.md 2). */
function credentialNote(estate: Estate, entry: Entry): string | undefined {
  if (entry.credential === undefined) return undefined;
  const credential = estate.credentialsOf(entry.principal).find((item) => item.id === entry.credential);
  if (credential === undefined) return undefined;
  const copies = [...credential.copies].sort((a, b) => openness(a) - openness(b));
  const places = copies.map(({ place, at }) => (at === undefined ? place : `${place}, ${at}`));
  const [place, ...others] = [...new Set(places)];
  const more =
    others.length === 0 ? "" : ` and ${String(others.length)} more place${others.length === 1 ? "" : "s"}`;
  // The entry has counted the days up to the instant of the analysis.
  const age = /\d+ days/.exec(entry.label)?.[0];
  const state = [
    credential.status === "unknown" ? "state unknown" : credential.status,
    ...(age === undefined ? [] : [age]),
    ...(credential.lastUsedAt === undefined ? [] : [`used ${credential.lastUsedAt.slice(0, 10)}`]),
  ].join(", ");
  return place === undefined ? `is ${state}` : `lies in ${place}${more}; ${state}`;
}

/** The copy that strangers can read is the one to look at first. */
const openness = ({ readableBy }: CredentialCopy): number =>
  ["public", "leaked", "unknown", "internal"].indexOf(readableBy);

function entryWords(entry: Entry): string {
  switch (entry.kind) {
    case "standing-credential":
      return "holds a credential of";
    case "secret-reuse":
      return "holds a copy of the secret of";
    case "inherited-role":
      return "runs as";
    case "federated-workload":
      return "may get a token for";
    case "service-principal":
      return "acts as";
    case "trust":
      return entry.starter === entry.principal ? "is trusted as" : "is trusted by";
    case "pipeline":
      return "deploys as";
    case "human":
      return "signs in as";
    case "root":
      return "is";
  }
}

function entryCause(estate: Estate, entry: Entry): HopCause {
  switch (entry.kind) {
    case "standing-credential":
    case "secret-reuse": {
      const credential = estate.credentialsOf(entry.principal).find((item) => item.id === entry.credential);
      // Row 8: a person's own password; row 1: any value that can be copied.
      if (credential === undefined && entry.credential?.includes("password/") === true) return "human";
      return credential?.kind === "password" ? "human" : "secret";
    }
    case "federated-workload":
    case "service-principal":
      return "federation";
    case "inherited-role":
      return "grant";
    case "trust":
      return "account-trust";
    case "pipeline":
      return "ci";
    case "human":
      return "human";
    case "root":
      return "root";
  }
}

export function edgeHop(edge: BecomeEdge): Hop {
  return {
    from: edge.from,
    to: edge.to,
    via: edge.words ?? wordsOf(edge),
    ...(edge.actions[0] === undefined ? {} : { action: edge.actions[0] }),
    rule: edge.via,
    ...(edge.asks === undefined ? {} : { asks: edge.asks }),
    evidence: edge.evidence,
    cause: edgeCause(edge),
  };
}

const wordsOf = (edge: BecomeEdge): string =>
  edge.mutates
    ? `may rewrite (${edge.via})`
    : edge.via === "assume-role"
      ? "may become"
      : `may become (${edge.via})`;

function edgeCause(edge: BecomeEdge): HopCause {
  if (edge.via === "assume-root") return "root";
  if (edge.via === "secret-copy") return "secret";
  if (edge.via === "pipeline-role") return "federation";
  const [from, to] = [accountOfArn(edge.from), accountOfArn(edge.to)];
  return edge.via === "assume-role" && from !== undefined && to !== undefined && from !== to
    ? "account-trust"
    : "grant";
}

export function rightHop(step: Step): Hop {
  const resource = step.granted
    ? (step.right.grantedBy?.resource ?? step.right.resource)
    : step.right.resource;
  const by = step.granted ? (step.right.grantedBy?.action ?? step.right.action) : step.right.action;
  return {
    from: step.actor,
    to: step.right.resource === "*" ? (step.right.account ?? "*") : step.right.resource,
    via: step.rewritten
      ? `may then ${step.right.action}, ${step.leftOpen === true ? "if what refuses it comes off in turn" : "within its boundary"}`
      : step.granted
        ? `may ${by}, and by it gives itself ${step.right.action}`
        : `may ${step.right.action}`,
    action: by,
    rule:
      step.leftOpen === true
        ? "right-left-open"
        : step.rewritten
          ? "right-after-rewrite"
          : step.granted
            ? "right-granted"
            : "right",
    asks: [
      { action: by, resource },
      ...(step.granted ? [{ action: step.right.action, resource: step.right.resource }] : []),
    ],
    evidence: step.rewritten ? [] : (step.decision?.grants ?? []).slice(0, 3),
    cause: step.actor.endsWith(":root") ? "root" : "grant",
  };
}

/** What stands open without anybody's right: guards that are off, settings that still hold. Not counted as hops of a cut. */
export function standingHops(derivation: Derivation, resource: string, actor: string): readonly Hop[] {
  const evidence = derivation.guardsOff.flatMap((guard) => guard.off.evidence);
  const labels = [...new Set(derivation.guardsOff.map((guard) => guard.off.label))];
  const guards: Hop[] =
    labels.length === 0
      ? []
      : [
          {
            from: actor,
            to: resource,
            via: `nothing stands in the way: ${labels.join(", ")}`,
            evidence,
            cause: "guardrail",
          },
        ];
  const settings: Hop[] = derivation.truths
    .filter((truth) => truth.value === true && truth.evidence.length > 0)
    .map((truth) => ({
      from: actor,
      to: resource,
      via: truth.label,
      evidence: truth.evidence,
      cause: "setting",
    }));
  return [...guards, ...settings];
}
