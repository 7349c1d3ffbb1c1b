import type { Estate, Evidence, Origin, PrincipalId } from "../../estate/index.js";
import type { ControlPoint } from "../recreation.js";
import type { AccessDecision } from "../engine.js";
import { shortName } from "./context.js";
import { shortDigest } from "./digest.js";
import type { Step } from "./derivation.js";

/**
 * The narrowest grant, trust or credential that holds the recurrence hop (interfaces.md, "Case"). Its id names the
 * place of the policy and the text of the statement, never the file it was read from: a new export of the same estate
 * gives the same id.
 */
export function controlOfStep(estate: Estate, step: Step): ControlPoint {
  if (step.rewritten) {
    const edge = step.walk.at(-1);
    const holder = edge?.from ?? step.actor;
    const evidence = edge?.evidence[0];
    return grantControl(estate, holder, evidence, `${edge?.via ?? "rewrite"} on ${shortName(step.actor)}`);
  }
  return grantControl(estate, step.actor, step.decision?.grants[0], step.right.action);
}

export function grantControl(
  estate: Estate,
  holder: PrincipalId,
  evidence: Evidence | undefined,
  right: string,
): ControlPoint {
  if (evidence === undefined) {
    return {
      kind: "grant",
      id: shortDigest("holder", holder, right),
      label: `${shortName(holder)}: ${right}`,
    };
  }
  const place = placeOf(estate, holder, evidence);
  return {
    kind: "grant",
    id: shortDigest("statement", place.id, evidence.excerpt),
    label: `${place.label}: ${right}`,
  };
}

function placeOf(estate: Estate, holder: PrincipalId, evidence: Evidence): { id: string; label: string } {
  const principal = estate.principal(holder);
  const groups = (principal?.groups ?? []).map((group) => estate.principal(group));
  for (const owner of [principal, ...groups]) {
    if (owner === undefined) continue;
    const inline = owner.inline.find((use) => holds(use.origin, evidence));
    if (inline !== undefined)
      return {
        id: `inline|${owner.id}|${inline.name}`,
        label: `${owner.name}, inline policy ${inline.name}`,
      };
    for (const { arn } of owner.attached) {
      const policy = estate.managedPolicy(arn);
      const places = policy?.versions.flatMap(({ use, copies }) => [use.origin, ...(copies ?? [])]) ?? [];
      if (policy !== undefined && places.some((place) => holds(place, evidence))) {
        // A policy of AWS cannot be narrowed: the control is its attachment.
        return policy.awsManaged
          ? { id: `attached|${owner.id}|${arn}`, label: `${owner.name}, attached policy ${policy.name}` }
          : { id: `managed|${arn}`, label: `managed policy ${policy.name}` };
      }
    }
  }
  return { id: `holder|${holder}`, label: shortName(holder) };
}

function holds(origin: Origin, evidence: Evidence): boolean {
  if (origin.source.digest !== evidence.digest) return false;
  if (origin.inner !== undefined || evidence.inner !== undefined) {
    return origin.pointer === evidence.pointer && (evidence.inner ?? "").startsWith(origin.inner ?? "");
  }
  const pointer = evidence.pointer ?? "";
  return (
    origin.pointer !== undefined && (pointer === origin.pointer || pointer.startsWith(`${origin.pointer}/`))
  );
}

/** Texts of the layers that one decision went through. */
export const layersOf = (decision: AccessDecision): readonly string[] =>
  decision.layers.map((layer) => layer.text);
