import type { Clause } from "./condition.js";
import { isFields, itemsOf, opened, stringOf, stringsOf, type Citation } from "./raw-document.js";

/** Who a statement names, as written. */
export interface Named {
  readonly negated: boolean;
  readonly everyone: boolean;
  readonly aws: readonly string[];
  readonly service: readonly string[];
  readonly federated: readonly string[];
}

export interface Statement {
  readonly at: Citation;
  readonly deny: boolean;
  readonly actions: readonly string[];
  readonly notActions: boolean;
  /** Undefined: the element is absent (trust policies have none). */
  readonly resources: readonly string[] | undefined;
  readonly notResources: boolean;
  readonly named: Named | undefined;
  readonly conditions: readonly Clause[];
}

export interface Policy {
  readonly at: Citation;
  /** Policy variables are text before version 2012-10-17. */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
}

/**
 * A policy as it stands in a document: an object, or the same as (URL-encoded) text. Undefined: it is none, or a
 * statement of it cannot be understood; a policy is believed whole or not at all.
 */
export function policyAt(value: unknown, at: Citation): Policy | undefined {
  const text = typeof value === "string";
  const body = text ? opened(value) : value;
  if (!isFields(body)) return undefined;
  const list = body["Statement"];
  const many = Array.isArray(list);
  const statements = itemsOf(list).map((item, index) =>
    statementAt(item, below(at, text, many ? `/Statement/${index}` : "/Statement")),
  );
  if (statements.some((item) => item === undefined)) return undefined;
  return {
    at,
    variables: body["Version"] === "2012-10-17",
    statements: statements.filter((item) => item !== undefined),
  };
}

export function below(at: Citation, inside: boolean, pointer: string): Citation {
  return inside || at.inner !== undefined
    ? { ...at, inner: `${at.inner ?? ""}${pointer}` }
    : { ...at, pointer: `${at.pointer ?? ""}${pointer}` };
}

function statementAt(value: unknown, at: Citation): Statement | undefined {
  if (!isFields(value)) return undefined;
  const effect = value["Effect"];
  if (effect !== "Allow" && effect !== "Deny") return undefined;
  const notActions = value["NotAction"] !== undefined;
  const actions = stringsOf(notActions ? value["NotAction"] : value["Action"]);
  if (actions.length === 0) return undefined;
  const notResources = value["NotResource"] !== undefined;
  const listed = notResources ? value["NotResource"] : value["Resource"];
  const who = value["NotPrincipal"] ?? value["Principal"];
  return {
    at,
    deny: effect === "Deny",
    actions: actions.map((action) => action.toLowerCase()),
    notActions,
    resources: listed === undefined ? undefined : stringsOf(listed),
    notResources,
    named: who === undefined ? undefined : namedIn(who, value["NotPrincipal"] !== undefined),
    conditions: clausesOf(value["Condition"]),
  };
}

function namedIn(value: unknown, negated: boolean): Named {
  const kinds = isFields(value) ? value : {};
  const aws = value === "*" ? ["*"] : stringsOf(kinds["AWS"]);
  return {
    negated,
    everyone: aws.includes("*"),
    aws: aws.filter((name) => name !== "*"),
    service: stringsOf(kinds["Service"]),
    federated: stringsOf(kinds["Federated"]),
  };
}

function clausesOf(value: unknown): readonly Clause[] {
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    isFields(keys)
      ? Object.entries(keys).map(([key, values]) => ({ operator, key, values: stringsOf(values) }))
      : [],
  );
}

export const actionText = (statement: Statement): string =>
  `${statement.notActions ? "not " : ""}${statement.actions.join(", ")}`;

export const clauseText = ({ operator, key, values }: Clause): string =>
  `${operator} ${key} ${values.join(" | ")}`;

/** Sorted by nothing: the text of a member is what matters. */
export const sidOf = (value: unknown): string | undefined =>
  isFields(value) ? stringOf(value["Sid"]) : undefined;
