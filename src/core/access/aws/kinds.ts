import type { AccountId, ConditionClause, PolicyDocument, Statement } from "../../estate/index.js";
import { outcomeOf } from "./bulk.js";
import type { Lens } from "./collector.js";
import type { Compiled, Touched } from "./compiled.js";
import { isPersonal, namesPersons, type IdentityView } from "./judge.js";
import type { Question, Target } from "./model.js";
import { possibleResource } from "./possible-resource.js";
import { holdersIn, spansOf } from "./spans.js";

/** Which identities have the same envelope: what nothing of their own limits but the boundary that they share. */
export interface Kinds {
  kindOf(index: number, view: Extract<IdentityView, { readonly kind: "rewritten" }>): number | undefined;
  /** Whether no policy of the resource asks who exactly it is: then identities of one kind have one answer. */
  decides(question: Question): boolean;
  /** Actors of the account, and some others, whose own Deny may concern the question. */
  denied(question: Question, account: AccountId): Iterable<number>;
}

const numbers = new WeakMap<Compiled["classOf"], Map<string, number>>();
const nowhere: Target = { text: "*", mode: "none", policies: [] };

export function createKinds(compiled: Compiled, lens: Lens, touched: () => Touched): Kinds {
  const { actors, classOf, index: statements } = compiled;
  const known = new Map<number, number | undefined>();
  let clauses: readonly ConditionClause[] | undefined;
  /** Of the organisation; undefined: one of them is filled in with who is asking. */
  const asked = (): readonly ConditionClause[] | undefined => {
    if (clauses !== undefined) return clauses;
    const documents = lens.estate.organizations.flatMap(({ policies }) =>
      policies.flatMap(({ use }) => use?.document ?? []),
    );
    if (documents.some(hasVariables)) return undefined;
    clauses = documents.flatMap(({ statements }) =>
      statements.flatMap(({ conditions }) => conditions.filter(({ key }) => isPersonal(key.toLowerCase()))),
    );
    return clauses;
  };
  const find = (index: number, boundaryStays: boolean): number | undefined => {
    const actor = actors[index];
    const personal = asked();
    if (actor === undefined || personal === undefined || lens.relaxed !== undefined) return undefined;
    if ((actor.kind !== "user" && actor.kind !== "role") || actor.serviceLinked) return undefined;
    if (actor.uncollected !== undefined || lens.sessionPolicies?.has(actor.id) === true) return undefined;
    // Denies are found by the index, which does not know what an overlay wrote.
    if (touched().rewritten.has(index)) return undefined;
    if (lens.holdings.of(actor).some(({ kind }) => kind === "missing")) return undefined;
    const boundary = lens.holdings.boundaryOf(actor);
    if (boundary !== undefined && (boundary.kind === "missing" || !isImpersonal(boundary.use.document)))
      return undefined;
    const outcomes = personal.map((clause) => outcomeOf(lens, { target: nowhere }, actors, index, clause));
    if (outcomes.includes("?")) return undefined;
    const limit =
      boundary === undefined
        ? ""
        : `${boundaryStays ? "in" : "out of"} ${actor.principal?.boundary?.arn ?? ""}`;
    const key = `${classOf[index] ?? 0} ${outcomes.join("")} ${limit}`;
    let own = numbers.get(classOf);
    if (own === undefined) numbers.set(classOf, (own = new Map<string, number>()));
    let number = own.get(key);
    if (number === undefined) own.set(key, (number = own.size));
    return number;
  };
  return {
    kindOf(index, { boundary }) {
      const key = index * 2 + Number(boundary);
      if (!known.has(key)) known.set(key, find(index, boundary));
      return known.get(key);
    },
    *denied({ folded, target }, account) {
      for (const s of statements.near(folded, target.text, new Set([account]))) {
        const statement = statements.statements[s];
        if (statement?.effect !== "Deny") continue;
        const document = statements.documentOf[s] ?? 0;
        const native = statements.documents[document]?.version === "native";
        if (possibleResource(statement.resource, target.text, native) === false) continue;
        yield* holdersIn(compiled, document, spansOf(compiled, new Set([account])));
      }
    },
    decides: (question) =>
      !namesPersons(question) && question.target.policies.every(({ document }) => isImpersonal(document)),
  };
}

const impersonal = new WeakMap<PolicyDocument, boolean>();

/** No condition of it is about who is asking, and nothing in it is filled in. */
function isImpersonal(document: PolicyDocument): boolean {
  let found = impersonal.get(document);
  if (found === undefined) {
    found =
      !hasVariables(document) &&
      document.statements.every(({ conditions }) =>
        conditions.every(({ key }) => !isPersonal(key.toLowerCase())),
      );
    impersonal.set(document, found);
  }
  return found;
}

const hasVariables = ({ statements }: PolicyDocument): boolean => statements.some(isFilled);

const isFilled = ({ resource, conditions }: Statement): boolean =>
  resource?.patterns.some((pattern) => pattern.includes("${")) === true ||
  conditions.some(({ values }) => values.some((value) => value.includes("${")));
