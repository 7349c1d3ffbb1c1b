import {
  accountOfArn,
  evidenceAt,
  parseArn,
  type AccountId,
  type Definition,
  type Estate,
  type Evidence,
  type JsonValue,
  type MissingFact,
  type Origin,
  type PolicyUse,
  type PropertyFact,
  type Resource,
  type ResourceId,
  type Statement,
  type Tri,
} from "../../estate/index.js";
import type { AccessEngine, Overlay } from "../engine.js";
import type { PropertyTruth, RecreationQuestion } from "../recreation.js";
import type { EstateIndex } from "./estate-index.js";
import { fact } from "./formula.js";

/** What a formula may look at for one question: the estate as it stands after the containment overlay. */
export interface FormulaContext {
  readonly estate: Estate;
  readonly engine: AccessEngine;
  readonly question: RecreationQuestion;
  readonly resource: Resource | undefined;
  readonly id: ResourceId;
  /** Short name for people. */
  readonly name: string;
  readonly account: AccountId | undefined;
  readonly region: string | undefined;
  readonly overlay: Overlay;
  property(resource: ResourceId, name: string): PropertyFact | undefined;
  /**
   * Whether a property holds. A property that nobody supplied is unknown and named.
   * `asked` is the property in words, `collect` the command that supplies it.
   */
  truth(
    resource: ResourceId,
    name: string,
    holds: (value: JsonValue) => boolean,
    label: string,
    asked: string,
    collect: string,
  ): PropertyTruth;
  /** Statements that remain, per qualifier; undefined when the policies were not collected. */
  statements(resource: ResourceId): readonly PlacedStatement[] | undefined;
  definitions(resource: ResourceId): readonly Definition[];
  resourcesOf(kind: string): readonly Resource[];
}

export interface PlacedStatement {
  readonly qualifier: string;
  readonly use: PolicyUse;
  readonly statement: Statement;
  readonly key: string;
  readonly evidence: Evidence;
}

export function createContext(
  engine: AccessEngine,
  index: EstateIndex,
  question: RecreationQuestion,
  overlay: Overlay = {},
): FormulaContext {
  const { estate } = engine;
  const id = question.resource;
  const resource = estate.resource(id);
  const property = (of: ResourceId, name: string): PropertyFact | undefined => {
    const replaced = overlay.properties?.get(of);
    return replaced?.has(name) === true ? replaced.get(name) : estate.resource(of)?.properties.get(name);
  };
  return {
    estate,
    engine,
    question,
    resource,
    id,
    name: resource?.name ?? shortName(id),
    account: question.account ?? resource?.account ?? engine.accountOf(id) ?? accountOfArn(id),
    region: resource?.region ?? regionOf(id),
    overlay,
    property,
    truth(of, name, holds, label, asked, collect) {
      const found = property(of, name);
      if (found === undefined) {
        return fact("unknown", label, [], [missingFact("property", `${of}|${name}`, asked, collect)]);
      }
      return fact(
        holds(found.value),
        label,
        isContained(found.origin)
          ? []
          : [evidenceAt(found.origin, `${name} = ${JSON.stringify(found.value)}`)],
      );
    },
    statements: (of) => remainingStatements(estate.resource(of), overlay),
    definitions: (of) => index.definitions.get(of) ?? [],
    resourcesOf: (kind) => index.kinds.get(kind) ?? [],
  };
}

function remainingStatements(
  resource: Resource | undefined,
  overlay: Overlay,
): readonly PlacedStatement[] | undefined {
  if (resource === undefined || resource.policies === undefined) return undefined;
  if (overlay.removedPolicies?.has(resource.id) === true) return [];
  return [...resource.policies].flatMap(([qualifier, use]) =>
    use.document.statements
      .map((statement) => ({
        qualifier,
        use,
        statement,
        key: statementKey(use.origin, statement.pointer),
        evidence: evidenceAt(use.origin, statementText(statement), statement.pointer),
      }))
      .filter((item) => overlay.removedStatements?.has(item.key) !== true),
  );
}

/** The key by which an overlay names a statement: `DIGEST#POINTER[#INNER]`. */
export function statementKey(origin: Origin, pointer: string): string {
  const { source, pointer: outer = "", inner } = origin;
  return inner === undefined
    ? `${source.digest}#${outer}${pointer}`
    : `${source.digest}#${outer}#${inner}${pointer}`;
}

export const evidenceKey = (evidence: Evidence): string =>
  evidence.inner === undefined
    ? `${evidence.digest}#${evidence.pointer ?? ""}`
    : `${evidence.digest}#${evidence.pointer ?? ""}#${evidence.inner}`;

export function statementText(statement: Statement): string {
  const action = `${statement.action.negated ? "not " : ""}${statement.action.patterns.join(", ")}`;
  const sid = statement.sid === undefined ? "" : `${statement.sid}: `;
  const condition = statement.conditions
    .map((clause) => `${clause.operator} ${clause.key} ${clause.values.join("|")}`)
    .join("; ");
  return `${sid}${statement.effect} ${action}${condition === "" ? "" : ` if ${condition}`}`;
}

export const missingFact = (topic: string, scope: string, asked: string, collect: string): MissingFact => ({
  key: `${topic}|${scope}`,
  fact: asked,
  collect,
});

const containment: Origin = { source: { path: "containment", digest: "", kind: "containment" } };
const isContained = (origin: Origin): boolean => origin.source.kind === "containment";

/** The safe value that containment gives the exposure's own weak setting. */
export const safe = (value: JsonValue): PropertyFact => ({ value, origin: containment });

export function overlayOf(parts: {
  readonly properties?: readonly (readonly [ResourceId, string, JsonValue])[];
  readonly statements?: Iterable<string>;
  readonly credentials?: Overlay["revokedCredentials"];
  readonly principals?: Overlay["disabledPrincipals"];
}): Overlay {
  const properties = new Map<ResourceId, Map<string, PropertyFact | undefined>>();
  for (const [resource, name, value] of parts.properties ?? []) {
    const own = properties.get(resource) ?? new Map<string, PropertyFact | undefined>();
    own.set(name, safe(value));
    properties.set(resource, own);
  }
  const statements = new Set(parts.statements ?? []);
  return {
    ...(properties.size > 0 ? { properties } : {}),
    ...(statements.size > 0 ? { removedStatements: statements } : {}),
    ...(parts.credentials !== undefined && parts.credentials.size > 0
      ? { revokedCredentials: parts.credentials }
      : {}),
    ...(parts.principals !== undefined && parts.principals.size > 0
      ? { disabledPrincipals: parts.principals }
      : {}),
  };
}

/** The last telling part of an id: bucket name, group id, role name. */
export function shortName(id: string): string {
  const text = parseArn(id)?.resource ?? id;
  const cut = Math.max(text.lastIndexOf("/"), text.lastIndexOf(":"));
  return cut >= 0 && cut < text.length - 1 ? text.slice(cut + 1) : text;
}

function regionOf(id: string): string | undefined {
  const region = parseArn(id)?.region;
  return region === undefined || region === "" ? undefined : region;
}

export const isTrue = (value: JsonValue): boolean => value === true;
export const isFalse = (value: JsonValue): boolean => value === false;

/** Turns a three-valued answer and its evidence into a truth, unknown ones with the fact that is missing. */
export const triFact = (
  value: Tri,
  label: string,
  evidence: readonly Evidence[],
  missing: MissingFact,
): PropertyTruth => fact(value, label, evidence, value === "unknown" ? [missing] : []);
