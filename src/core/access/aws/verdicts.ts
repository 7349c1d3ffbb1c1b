import type { PolicyDocument, Statement, Tri } from "../../estate/index.js";
import { anyOf } from "../../estate/index.js";
import type { Lifted } from "../engine.js";
import { createBulk } from "./bulk.js";
import type { Lens } from "./collector.js";
import type { Compiled, Touched } from "./compiled.js";
import { examine, heldView, namesPersons, verdictOf, type IdentityView, type Watch } from "./judge.js";
import { letIn } from "./let-in.js";
import { actionMatches } from "./match.js";
import type { Actor, Question } from "./model.js";
import { possibleResource } from "./possible-resource.js";
import { rememberAnswers } from "./remember.js";

type Rewritten = Extract<IdentityView, { readonly kind: "rewritten" }>;

/** What is left of an identity's limits once somebody rewrote its policies and lifted `lifted`. */
export const rewrittenView = (lifted: Lifted): Rewritten => ({
  kind: "rewritten",
  inline: lifted.inline !== true,
  attached: lifted.attached !== true,
  boundary: lifted.boundary !== true,
});

/** Verdicts without their proofs: what a full examination says, by the cheapest way that is sure to say the same. */
export interface Verdicts {
  /** With the policies that the actor holds; remembered. */
  held(index: number, action: string, resource: string): Tri;
  /** The same on one resource, worked out anew: for whoever asks about each actor once. */
  heldOn(index: number, question: Question): Tri;
  /** After somebody rewrote its policies. */
  rewritten(index: number, view: Rewritten, action: string, resource: string): Tri;
  /** Of an identity that is not in the estate and has every right that its boundary and its account leave it. */
  newcomer(actor: Actor): (action: string, resource: string) => Tri;
}

/** Answers remembered of each kind: beyond it they are worked out again. */
const mostAnswers = 100_000;

export function createVerdicts(
  compiled: Compiled,
  lens: Lens,
  ask: (action: string, resource: string) => Question,
  touched: () => Touched,
): Verdicts {
  const limits = new Map<number, Limits>();
  const bulks = new WeakMap<Question, (index: number) => Tri | undefined>();
  const allows = createAllows(lens);
  const bulkOn = (question: Question): ((index: number) => Tri | undefined) => {
    let bulk = bulks.get(question);
    if (bulk === undefined) {
      bulk = createBulk(compiled, lens, question, "sure", (parts) => verdictOf(parts).verdict);
      bulks.set(question, bulk);
    }
    return bulk;
  };
  /** Denies that speak of another action or of other resources do not count: they limit nothing here. */
  const limited = (index: number, actor: Actor, view: Rewritten, question: Question): boolean => {
    const key = index * 8 + maskOf(view);
    let found = limits.get(key);
    if (found === undefined) limits.set(key, (found = isLimited(lens, actor, view)));
    return found === "always" || (found === "by denies" && isDenied(lens, actor, view, question));
  };
  const isTouched = (index: number): boolean => {
    const { changed } = touched();
    return changed === "all" || changed.has(index);
  };
  const answers = rememberAnswers<number, Tri>(mostAnswers);
  const byName = rememberAnswers<string, Tri>(mostAnswers);
  const alike = new WeakMap<Question, Map<string, Tri>>();
  const onWitnesses = (action: string, resource: string, judge: (question: Question) => Tri): Tri => {
    const verdicts: Tri[] = [];
    for (const witness of compiled.witnesses(action, resource)) {
      const verdict = judge(ask(action, witness));
      if (verdict === true) return true;
      verdicts.push(verdict);
    }
    return anyOf(verdicts);
  };
  /** New identities that nobody names share the answer of their kind, account and boundary. */
  const newcomerOn = (actor: Actor, key: string, question: Question): Tri => {
    let known = alike.get(question);
    if (known === undefined) alike.set(question, (known = new Map<string, Tri>()));
    const before = known.get(key);
    if (before !== undefined) return before;
    const watch: Watch = { personal: namesPersons(question), local: false };
    const { verdict } = verdictOf(examine(lens, question, actor, untouched, watch));
    if (!watch.personal && !actor.serviceLinked) known.set(key, verdict);
    return verdict;
  };
  const verdicts: Verdicts = {
    held: (index, action, resource) =>
      answers(index * 16, action, resource, () =>
        onWitnesses(action, resource, (question) => verdicts.heldOn(index, question)),
      ),
    heldOn(index, question) {
      const actor = compiled.actors[index];
      if (actor === undefined) return false;
      const plain = (actor.kind === "user" || actor.kind === "role") && actor.uncollected === undefined;
      const own = plain && !isTouched(index) ? allows(actor, question) : undefined;
      if (own === undefined) return verdictOf(examine(lens, question, actor, heldView)).verdict;
      let near = false;
      let sure = false;
      for (const { statement, document } of own) {
        const possible = possibleResource(
          statement.resource,
          question.target.text,
          document.version === "native",
        );
        if (possible === false) continue;
        near = true;
        if (possible !== true || statement.conditions.length > 0) continue;
        sure = true;
        break;
      }
      if (!near && needsIdentity(lens, question, actor)) return false;
      if (sure && !limited(index, actor, untouched, question)) return bulkOn(question)(index) ?? false;
      return verdictOf(examine(lens, question, actor, heldView)).verdict;
    },
    rewritten(index, view, action, resource) {
      const actor = compiled.actors[index];
      if (actor === undefined) return false;
      return answers(index * 16 + 8 + maskOf(view), action, resource, () =>
        onWitnesses(action, resource, (question) =>
          limited(index, actor, view, question)
            ? verdictOf(examine(lens, question, actor, view)).verdict
            : (bulkOn(question)(index) ?? false),
        ),
      );
    },
    newcomer(actor) {
      if (!isBare(lens, actor))
        return (action, resource) =>
          onWitnesses(
            action,
            resource,
            (question) => verdictOf(examine(lens, question, actor, untouched)).verdict,
          );
      const { tags, boundary } = actor.principal ?? { tags: {} };
      const shared = `${actor.kind} ${actor.account ?? ""} ${boundary?.arn ?? ""}`;
      const own = `${actor.id} ${boundary?.arn ?? ""} ${JSON.stringify(tags)}`;
      return (action, resource) =>
        byName(own, action, resource, () =>
          onWitnesses(action, resource, (question) => newcomerOn(actor, shared, question)),
        );
    },
  };
  return verdicts;
}

const untouched: Rewritten = { kind: "rewritten", inline: true, attached: true, boundary: true };

/** Nothing of its own that could deny. */
const isBare = ({ holdings, sessionPolicies }: Lens, actor: Actor): boolean =>
  actor.uncollected === undefined &&
  sessionPolicies?.has(actor.id) !== true &&
  holdings.of(actor).length === 0;

const maskOf = ({ inline, attached, boundary }: Rewritten): number =>
  Number(inline) * 4 + Number(attached) * 2 + Number(boundary);

type Limits = "never" | "always" | "by denies";

/** Whether anything of the identity itself still stands between it and what its account may. */
function isLimited({ holdings, sessionPolicies }: Lens, actor: Actor, view: Rewritten): Limits {
  if (actor.uncollected !== undefined || sessionPolicies?.has(actor.id) === true) return "always";
  // Also one that is lifted: answers shared by an account are those of identities that have none.
  if (holdings.boundaryOf(actor) !== undefined) return "always";
  let limits: Limits = "never";
  for (const held of holdings.of(actor)) {
    if (held.kind === "missing") {
      if (view.attached) return "always";
    } else if ((held.via === "inline" ? view.inline : view.attached) && denies(held.use.document))
      limits = "by denies";
  }
  return limits;
}

/** Whether one of its own denies may concern the question. */
const isDenied = ({ holdings }: Lens, actor: Actor, view: Rewritten, question: Question): boolean =>
  holdings.of(actor).some((held) => {
    if (held.kind === "missing" || !(held.via === "inline" ? view.inline : view.attached)) return false;
    const { document } = held.use;
    return (
      denies(document) &&
      document.statements.some(
        (statement) =>
          statement.effect === "Deny" &&
          actionMatches(question, statement) &&
          possibleResource(statement.resource, question.target.text, document.version === "native") !== false,
      )
    );
  });

const denying = new WeakMap<PolicyDocument, boolean>();

function denies(document: PolicyDocument): boolean {
  let found = denying.get(document);
  if (found === undefined) {
    found = document.statements.some(({ effect }) => effect === "Deny");
    denying.set(document, found);
  }
  return found;
}

interface Allowing {
  readonly statement: Statement;
  readonly document: PolicyDocument;
}

/** The Allow statements of an actor that speak of the action; undefined where a policy was not supplied. */
function createAllows({
  holdings,
}: Lens): (actor: Actor, question: Question) => readonly Allowing[] | undefined {
  let last: { actor: Actor; action: string; found: readonly Allowing[] | undefined } | undefined;
  const collect = (actor: Actor, question: Question): readonly Allowing[] | undefined => {
    const found: Allowing[] = [];
    for (const held of holdings.of(actor)) {
      if (held.kind === "missing") return undefined;
      const { document } = held.use;
      for (const statement of document.statements)
        if (statement.effect === "Allow" && actionMatches(question, statement))
          found.push({ statement, document });
    }
    return found;
  };
  return (actor, question) => {
    if (last?.actor !== actor || last.action !== question.folded)
      last = { actor, action: question.folded, found: collect(actor, question) };
    return last.found;
  };
}

const open = new WeakMap<Question, boolean>();

/**
 * Whether nobody gets in without a grant of its own: strangers never do; in the owning account only those whom the
 * policy of the resource names, or everybody where it says so.
 */
function needsIdentity(lens: Lens, question: Question, actor: Actor): boolean {
  const { mode, account, policiesMissing } = question.target;
  if (mode === "none") return true;
  if (policiesMissing !== undefined) return false;
  if (account !== undefined && account !== actor.account) return true;
  let direct = open.get(question);
  if (direct === undefined) {
    direct = letIn(lens, question).some(
      ({ any, negated, aws }) => any || negated || aws.some((name) => !/^\d{12}$|:root$/.test(name)),
    );
    open.set(question, direct);
  }
  return !direct;
}
