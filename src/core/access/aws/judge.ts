import type { ConditionClause, MissingFact, PolicyUse, Statement } from "../../estate/index.js";
import { collectUse, type Collector, type Lens } from "./collector.js";
import type { ContextValue, Lookup } from "../condition/variable.js";
import { contextOf } from "./context.js";
import type { Actor, DenyMatch, Question, Terms } from "./model.js";
import { organizationTerms } from "./organization-terms.js";
import { resourceTerms, type ResourceTerms } from "./resource-terms.js";
import { refusedByService } from "./service-rules.js";
import { rootPassesPolicyDeny } from "./services.js";
import {
  allOfTerms,
  always,
  anyOfLists,
  anyOfTerms,
  escapes,
  never,
  settle,
  unknownBecause,
  type Settled,
} from "./terms.js";

/** What the identity side is taken to be. */
export type IdentityView =
  /** The policies it holds. */
  | { readonly kind: "held" }
  /** Already known: an Allow without conditions, and no Deny that could match. */
  | { readonly kind: "sure" }
  /** Already known: no statement that speaks of the action and the resource. */
  | { readonly kind: "none" }
  /** After somebody rewrote its policies: everything, except what the listed kinds of policy deny. */
  | {
      readonly kind: "rewritten";
      readonly inline: boolean;
      readonly attached: boolean;
      readonly boundary: boolean;
    };

export interface Parts {
  readonly refusal: string | undefined;
  readonly identity: Terms;
  readonly boundary: Terms | undefined;
  readonly session: Terms | undefined;
  readonly resource: ResourceTerms;
  readonly scp: { readonly terms: Terms; readonly text: string } | undefined;
  readonly rcp: { readonly terms: Terms; readonly text: string } | undefined;
  readonly grant: Terms;
  readonly denies: readonly DenyMatch[];
  readonly deniesChecked: number;
  readonly same: boolean;
}

/** Whether an answer rests on who exactly is asking, or would be the same for all of the account, or of any like it. */
export interface Watch {
  personal: boolean;
  /** Clauses about who is asking that were decided by him alone: whoever decides them alike has the same answer. */
  readonly decided?: Set<ConditionClause>;
  /** It rests on the account of whoever asks. */
  local: boolean;
}

const personalKey = /^aws:(principalarn|principaltag\/.*|principaltype|username|userid)$/;
const ownerKey = /^(aws:resource(account|orgid|orgpaths)|s3:resourceaccount)$/;
const localKey = /^(aws:principal(account|orgid|orgpaths)|aws:source(account|owner)|kms:calleraccount)$/;

export const isPersonal = (key: string): boolean => personalKey.test(key);

function watched(lookup: Lookup, watch: Watch, { account }: Question["target"]): Lookup {
  const ask = (key: string): ContextValue => {
    if (isPersonal(key)) watch.personal = true;
    else if (localKey.test(key)) watch.local = true;
    // What is nobody's in particular is the caller's own.
    else if (account === undefined && ownerKey.test(key)) watch.local = true;
    return lookup(key);
  };
  const { decided } = watch;
  if (decided === undefined) return ask;
  const of = (clause: ConditionClause): ContextValue => {
    const key = clause.key.toLowerCase();
    const value = isPersonal(key) ? lookup(key) : undefined;
    if (value?.kind !== "values" && value?.kind !== "absent") return ask(key);
    decided.add(clause);
    return value;
  };
  return Object.assign(ask, { of });
}

/** A policy that names identities one by one, or all but some. */
export const namesPersons = ({ target }: Question): boolean =>
  target.policies.some(({ document }) =>
    document.statements.some(
      ({ principal }) =>
        principal !== undefined &&
        (principal.negated || principal.aws.some((name) => !/^\d{12}$|:root$/.test(name))),
    ),
  );

export const heldView: IdentityView = { kind: "held" };

/** Asks every layer about one actor. Source of the combination: access.md, "AWS allow, exactly". */
export function examine(
  lens: Lens,
  question: Question,
  actor: Actor,
  view: IdentityView = heldView,
  watch?: Watch,
): Parts {
  const { target } = question;
  const context = contextOf(lens.estate, actor, target, {
    now: lens.now,
    relaxed: lens.relaxed,
    action: question.folded,
  });
  const lookup = watch === undefined ? context : watched(context, watch, target);
  const collector: Collector = { question, lookup, lens, denies: [], seen: 0 };
  const same =
    actor.kind !== "everyone" && (target.account === undefined || target.account === actor.account);
  const crossing = target.accountMissing !== undefined;
  const identity = identityTerms(collector, actor, view);
  const boundary = boundaryTerms(collector, actor, view);
  const sessionUse = lens.sessionPolicies?.get(actor.id);
  const session = sessionUse === undefined ? undefined : collectUse(collector, "session", sessionUse, true);
  const resource = resourceTerms(collector, actor, same && rootPasses(question, actor));
  const scp = organizationTerms(collector, actor, "scp");
  const rcp = organizationTerms(collector, actor, "rcp");
  const limited = allOfTerms(allOfTerms(identity, boundary ?? always), session ?? always);
  const inside = insideGrant(actor, question, limited, resource, boundary ?? always, session ?? always);
  const outside = allOfTerms(limited, resource.any);
  const refusedInside = refusedByService(question, actor, true);
  const refusedOutside = refusedByService(question, actor, false);
  const insider = isInsider(actor);
  const either = eitherSide(refusedInside, inside, refusedOutside, outside, target.accountMissing);
  const grant = crossing ? either : same ? inside : outside;
  const refusal = insider && (same || crossing) ? refusedInside : refusedOutside;
  return {
    refusal,
    identity,
    boundary,
    session,
    resource,
    scp,
    rcp,
    grant: insider
      ? grant
      : actor.kind === "native"
        ? identity
        : unowned(resource.any, target.accountMissing),
    denies: collector.denies,
    deniesChecked: collector.seen - collector.denies.length,
    same,
  };
}

const isInsider = ({ kind }: Actor): boolean => kind === "user" || kind === "role" || kind === "root";

/** Who owns the resource is not known: both readings are possible, none is certain. */
function eitherSide(
  refusedInside: string | undefined,
  inside: Terms,
  refusedOutside: string | undefined,
  outside: Terms,
  fact: MissingFact | undefined,
): Terms {
  const both = anyOfTerms(
    refusedInside === undefined ? inside : never,
    refusedOutside === undefined ? outside : never,
  );
  return fact === undefined ? both : allOfTerms(both, unknownBecause(fact));
}

/** Whose resource it is decides whose RCPs guard it. */
const unowned = (terms: Terms, fact: MissingFact | undefined): Terms =>
  fact === undefined ? terms : allOfTerms(terms, unknownBecause(fact));

function rootPasses({ folded }: Question, actor: Actor): boolean {
  return actor.kind === "root" && rootPassesPolicyDeny.has(folded);
}

/** The grant within the account that owns the resource (IAM user guide, "Policy evaluation for requests within a single account"). */
function insideGrant(
  actor: Actor,
  { target }: Question,
  limited: Terms,
  resource: ResourceTerms,
  boundary: Terms,
  session: Terms,
): Terms {
  const own = target.mode === "required" ? allOfTerms(limited, resource.delegated) : limited;
  const roleNamed = allOfTerms(allOfTerms(resource.exact, boundary), session);
  return anyOfTerms(own, resource.free, actor.kind === "role" ? roleNamed : resource.exact);
}

function identityTerms(collector: Collector, actor: Actor, view: IdentityView): Terms {
  if (view.kind === "sure") return always;
  if (view.kind === "none") return never;
  if (actor.uncollected !== undefined) return unknownBecause(actor.uncollected);
  if (actor.kind === "root" || actor.kind === "external") return always;
  const terms: Terms[] = [];
  for (const held of collector.lens.holdings.of(actor)) {
    if (held.kind === "missing") {
      terms.push(unknownBecause(held.fact));
      // A policy that nobody read may deny as well as allow.
      if (view.kind === "held" || view.attached) collector.denies.push(unreadDeny(held.fact));
      continue;
    }
    if (view.kind === "rewritten" && !(held.via === "inline" ? view.inline : view.attached)) continue;
    const shared = held.via === "attached" || held.via === "group";
    const native = held.use.document.version === "native";
    terms.push(collectUse(collector, native ? "native" : "identity", held.use, shared));
  }
  return view.kind === "rewritten" ? always : anyOfLists(terms);
}

function boundaryTerms(collector: Collector, actor: Actor, view: IdentityView): Terms | undefined {
  if (actor.kind !== "user" && actor.kind !== "role") return undefined;
  if (view.kind === "rewritten" && !view.boundary) return undefined;
  const boundary = collector.lens.holdings.boundaryOf(actor);
  if (boundary === undefined) return undefined;
  if (boundary.kind === "missing") {
    collector.denies.push(unreadDeny(boundary.fact));
    return unknownBecause(boundary.fact);
  }
  return anyOfTerms(collectUse(collector, "boundary", boundary.use, true));
}

/** Stands for the statements of a document that was not supplied. */
function unreadDeny(fact: MissingFact): DenyMatch {
  const use: PolicyUse = {
    name: fact.key,
    document: { version: "2012-10-17", statements: [] },
    origin: { source: { path: "", digest: "", kind: "missing" } },
  };
  const statement: Statement = {
    pointer: "",
    effect: "Deny",
    action: { negated: false, patterns: [] },
    conditions: [],
  };
  return { ref: { layer: "identity", use, statement }, literals: [], missing: [fact] };
}

/** All the ways through every layer. Cheapest refusals first. */
export function verdictOf(parts: Parts): Settled {
  const impossible: Settled = { verdict: false, terms: never, contradictory: never };
  if (parts.refusal !== undefined || parts.grant.length === 0) return impossible;
  let terms = allOfTerms(parts.grant, parts.scp?.terms ?? always);
  terms = allOfTerms(terms, parts.rcp?.terms ?? always);
  if (parts.resource.unread !== undefined) terms = allOfTerms(terms, unknownBecause(parts.resource.unread));
  for (const deny of parts.denies) {
    if (terms.length === 0) return impossible;
    terms = allOfTerms(terms, escapes(deny));
  }
  return settle(terms);
}
