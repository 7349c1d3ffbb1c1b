import type { MissingFact, PolicyUse, PrincipalElement, Statement } from "../../estate/index.js";
import { evaluateConditions } from "../condition/evaluate.js";
import type { Literal } from "../condition/literal.js";
import { fillVariables, hasVariables, type Lookup } from "../condition/variable.js";
import { globMatches, hasWildcard } from "../glob.js";
import { missing as facts } from "./missing.js";
import type { Actor, Question, Ref, Residual } from "./model.js";

export interface Match {
  readonly ref: Ref;
  readonly literals: readonly Residual[];
  readonly missing: readonly MissingFact[];
}

/** Whether the statement speaks of the action. Action names are matched without regard to case. */
export function actionMatches(question: Question, statement: Statement): boolean {
  const { negated, patterns } = statement.action;
  if (patterns.length <= fewPatterns)
    return negated !== patterns.some((pattern) => actionPatternMatches(question, pattern));
  const { plain, wild } = sortedPatterns(patterns);
  const { folded } = question;
  return negated !== (plain.has(folded) || wild.some((pattern) => globMatches(pattern, folded)));
}

/** Statements with more patterns than this (policies of AWS have thousands) are looked up, not gone through. */
const fewPatterns = 8;

interface SortedPatterns {
  readonly plain: ReadonlySet<string>;
  readonly wild: readonly string[];
}

const sorted = new WeakMap<readonly string[], SortedPatterns>();

function sortedPatterns(patterns: readonly string[]): SortedPatterns {
  let found = sorted.get(patterns);
  if (found === undefined) {
    const folded = patterns.map((pattern) => pattern.toLowerCase());
    found = {
      plain: new Set(folded.filter((pattern) => !hasWildcard(pattern))),
      wild: folded.filter(hasWildcard),
    };
    sorted.set(patterns, found);
  }
  return found;
}

function actionPatternMatches({ folded, actionMemo }: Question, pattern: string): boolean {
  const known = actionMemo.get(pattern);
  if (known !== undefined) return known;
  const result = globMatches(pattern.toLowerCase(), folded);
  actionMemo.set(pattern, result);
  return result;
}

/** An ARN with fewer than six parts is completed with stars (IAM user guide, "Resource"). */
export function completeArn(pattern: string): string {
  if (!pattern.startsWith("arn:")) return pattern;
  let colons = 0;
  for (let at = pattern.indexOf(":"); at >= 0; at = pattern.indexOf(":", at + 1)) colons++;
  return colons >= 5 || pattern.endsWith("*") ? pattern : `${pattern}:*`;
}

type ResourceMatch = boolean | { readonly open: string } | { readonly fact: MissingFact };

function resourceMatches(
  question: Question,
  statement: Statement,
  lookup: Lookup,
  version: string,
): ResourceMatch {
  const list = statement.resource;
  if (list === undefined) return true;
  const native = version === "native";
  const text = native ? question.target.text.toLowerCase() : question.target.text;
  const variables = hasVariables(version);
  let open: string | undefined;
  let fact: MissingFact | undefined;
  for (const pattern of list.patterns) {
    if (variables && pattern.includes("${")) {
      const filled = fillVariables(pattern, lookup);
      if (filled.kind === "nothing") continue;
      const wide = filled.kind === "text" ? filled.text : filled.widest;
      if (!globMatches(completeArn(wide), text)) continue;
      if (filled.kind === "text") return !list.negated;
      if (filled.kind === "missing") fact ??= filled.fact;
      else open ??= filled.text;
    } else if (globMatches(native ? pattern.toLowerCase() : completeArn(pattern), text)) return !list.negated;
  }
  if (fact !== undefined) return { fact };
  if (open !== undefined) return { open: `${list.negated ? "NotResource" : "Resource"} ${open}` };
  return list.negated;
}

/** Action, resource and conditions of one statement. Undefined: it does not apply. */
export function matchStatement(
  question: Question,
  layer: Ref["layer"],
  use: PolicyUse,
  statement: Statement,
  lookup: Lookup,
): Match | undefined {
  if (!actionMatches(question, statement)) return undefined;
  const { version } = use.document;
  const resource = resourceMatches(question, statement, lookup, version);
  if (resource === false) return undefined;
  const left = evaluateConditions(statement.conditions, lookup, hasVariables(version));
  if (left === undefined) return undefined;
  const ref: Ref = { layer, use, statement };
  const literals = left.literals.map((literal): Residual => ({ ...literal, ref }));
  if (resource === true) return { ref, literals, missing: left.missing };
  if ("fact" in resource) return { ref, literals, missing: [...left.missing, resource.fact] };
  const literal: Literal = { key: resource.open, values: [], wanted: true, text: resource.open };
  return { ref, literals: [{ ...literal, ref }, ...literals], missing: left.missing };
}

/** How a `Principal` element names an actor. */
export type Naming =
  | { readonly kind: "exact" | "wildcard" | "account" }
  /** One session of a role: only who may choose that session name. */
  | { readonly kind: "session"; readonly text: string }
  | { readonly kind: "uncertain"; readonly fact: MissingFact };

const exact: Naming = { kind: "exact" };
const wildcard: Naming = { kind: "wildcard" };
const account: Naming = { kind: "account" };

export function namingOf(
  element: PrincipalElement,
  actor: Actor,
  effect: "Allow" | "Deny",
): Naming | undefined {
  if (!element.negated) return named(element, actor);
  const spared = named(element, actor);
  if (spared === undefined) return wildcard;
  // "NotPrincipal with a Deny effect will always deny any IAM principal that has a permissions boundary" (IAM user
  // guide, "Permissions boundaries for IAM entities").
  if (effect === "Deny" && actor.principal?.boundary !== undefined) return wildcard;
  // "When you use NotPrincipal with Deny, you must also specify the account ARN": without it AWS may still refuse.
  const belongs = actor.kind === "user" || actor.kind === "role" || actor.kind === "external";
  if (effect === "Deny" && spared.kind === "exact" && belongs && !namesAccount(element, actor)) {
    return { kind: "uncertain", fact: facts.notPrincipal(actor.id) };
  }
  return spared.kind === "session" ? { kind: "uncertain", fact: facts.notPrincipal(actor.id) } : undefined;
}

function named(element: PrincipalElement, actor: Actor): Naming | undefined {
  switch (actor.kind) {
    case "service":
      if (element.service.includes(actor.id.slice("aws:service/".length))) return exact;
      break;
    case "federated":
      return element.federated.includes(actor.id) ? exact : undefined;
    case "external":
      if (actor.id.startsWith("aws:canonical-user/")) {
        return element.canonicalUser.includes(actor.id.slice("aws:canonical-user/".length))
          ? exact
          : undefined;
      }
      break;
    case "native":
      return undefined;
    case "everyone":
      return element.any ? wildcard : undefined;
    case "user":
    case "role":
    case "root":
  }
  const uniqueId = actor.principal?.uniqueId;
  if (element.aws.includes(actor.id) || (uniqueId !== undefined && element.aws.includes(uniqueId))) {
    return actor.kind === "root" || actor.id.endsWith(":root") ? account : exact;
  }
  if (element.any) return wildcard;
  if (namesAccount(element, actor)) return account;
  if (actor.kind === "role") {
    const prefix = sessionPrefix(actor);
    const session = element.aws.find((name) => name.startsWith(prefix));
    if (session !== undefined)
      return { kind: "session", text: `session name ${session.slice(prefix.length)}` };
  }
  return undefined;
}

function namesAccount({ aws }: PrincipalElement, actor: Actor): boolean {
  if (actor.account === undefined || aws.length === 0) return false;
  const number = actor.account.slice("aws:".length);
  return aws.some(
    (name) => name === number || (name.endsWith(`::${number}:root`) && name.startsWith("arn:")),
  );
}

/** Sessions are `arn:…:sts::ACCOUNT:assumed-role/NAME/SESSION`, without the path of the role. */
function sessionPrefix({ id }: Actor): string {
  const [, partition = "aws", , , number = ""] = id.split(":");
  return `arn:${partition}:sts::${number}:assumed-role/${id.slice(id.lastIndexOf("/") + 1)}/`;
}
