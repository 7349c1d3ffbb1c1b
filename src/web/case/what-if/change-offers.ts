import type { Case, CasePath } from "../../../core/decision/index.js";
import { shortName } from "../../../report/index.js";
import { changeKinds, isObject, type JsonChange } from "./change-kinds.js";

/** A change that the hops of the case suggest: nothing is said about what it would do. */
export interface Offer {
  readonly words: string;
  readonly change: JsonChange;
}

type Hop = CasePath["hops"][number];

const shown = 12;
const isIdentity = (id: string): boolean => /:(?:user|role)\//.test(id);

/** One change per thing on the routes: the credential, each trust, each identity; the worst route first. */
export function offersOf({ recreation: { paths } }: Case): readonly Offer[] {
  const changes = paths.flatMap(({ hops, credential }): JsonChange[] => [
    ...(credential === undefined ? [] : [{ revoke: credential }]),
    ...hops.flatMap((hop): JsonChange[] => {
      if (hop.rule === "entry:trust") return [{ removeTrust: { role: hop.to, principal: hop.from } }];
      return isIdentity(hop.from) && hop.asks !== undefined ? [denied(hop.from, hop.asks)] : [];
    }),
    ...hops.flatMap(({ from }): JsonChange[] => (isIdentity(from) ? [{ disablePrincipal: from }] : [])),
  ]);
  const offers = new Map(changes.map((change) => [keyOf(change), { change, words: changeWords(change) }]));
  return [...offers.values()].slice(0, shown);
}

/** A policy beside those that stand: whatever gives the right, this takes it away. */
const denied = (principal: string, asks: NonNullable<Hop["asks"]>): JsonChange => ({
  addStatement: {
    principal,
    policy: "not-this-way",
    document: {
      Version: "2012-10-17",
      Statement: asks.map(({ action, resource }) => ({ Effect: "Deny", Action: action, Resource: resource })),
    },
  },
});

export const keyOf = (change: JsonChange): string => JSON.stringify(change);

/** `delete a credential: key AKIA…Q7ZD`: what it is called before the server has read it. */
export function changeWords(change: JsonChange): string {
  const [name = ""] = Object.keys(change);
  const label = changeKinds.find(({ kind }) => kind === name)?.label ?? name;
  const value = change[name];
  if (name === "set") return `${label}: ${targetOf(String(value))} becomes ${JSON.stringify(change["to"])}`;
  if (name === "removeTrust" && isObject(value))
    return `${nameOf(value["role"])} no longer trusts ${nameOf(value["principal"])}`;
  if (name === "addStatement" && isObject(value)) {
    const [statement] = statementsOf(value["document"]);
    if (statement?.["Effect"] === "Deny" && typeof statement["Action"] === "string")
      return `deny ${nameOf(value["principal"] ?? value["resource"])} ${statement["Action"]} on ${nameOf(statement["Resource"])}`;
  }
  if (typeof value === "string" || typeof value === "number") return `${label}: ${shortName(String(value))}`;
  if (!isObject(value)) return label;
  const first = Object.values(value).find((part) => typeof part === "string");
  return first === undefined ? label : `${label}: ${nameOf(first)}`;
}

function statementsOf(document: unknown): readonly JsonChange[] {
  const found = isObject(document) ? document["Statement"] : undefined;
  return Array.isArray(found) ? found.filter(isObject) : [];
}

const nameOf = (value: unknown): string => shortName(String(value));

function targetOf(text: string): string {
  const at = text.lastIndexOf("#");
  return at < 0 ? text : `${shortName(text.slice(0, at))} ${text.slice(at + 1)}`;
}
