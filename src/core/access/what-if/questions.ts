import { parseArn, type Estate, type Statement } from "../../estate/index.js";
import type { ActionDictionary, ActionLevel } from "../aws/action-dictionary.js";
import type { ChangedEstate } from "../change/draft.js";
import { globMatches } from "../glob.js";
import { changedStatements, type ChangedStatement } from "./changed-statements.js";
import type { AccessQuestion } from "./difference.js";

/** Of a pattern that stands for many actions, those that weigh most; of many things, the first. */
const maxActions = 12;
const maxResources = 10;

export interface Questions {
  readonly questions: readonly AccessQuestion[];
  /** At least how many more there would be. */
  readonly left: number;
}

/**
 * What to ask before and after: every action of every statement that the changes rewrote, on the things that it
 * speaks of. Everything else has the same answer on both sides.
 */
export function questionsOf(
  before: Estate,
  changed: ChangedEstate,
  actions: ActionDictionary | undefined,
  limit: number,
): Questions {
  const found = new Map<string, AccessQuestion>();
  let left = 0;
  const add = (question: AccessQuestion): void => {
    const key = `${question.action} ${question.resource}`;
    if (found.has(key)) return;
    if (found.size < limit) found.set(key, question);
    else left += 1;
  };
  const things = thingsByService(changed.estate);
  for (const item of changedStatements(before, changed)) {
    for (const statement of tellingOf(item)) {
      const { names, more } = actionsOf(statement, actions);
      left += more;
      for (const action of names) {
        const asked = resourcesOf(statement, action, item, things, actions);
        left += asked.more;
        for (const question of asked.questions) add(question);
      }
    }
  }
  for (const question of nativeQuestions(before, changed.estate, things)) add(question);
  return { questions: [...found.values()], left };
}

/**
 * A Deny that sweeps over everything takes what its holders were allowed, and what policies of resources give them:
 * the first is asked one by one, the second by the actions that tell most.
 */
function tellingOf({ statement, concerns }: ChangedStatement): readonly Statement[] {
  const sweeps = statement.action.negated || statement.action.patterns.includes("*");
  return sweeps && statement.effect === "Deny" ? [...concerns, statement] : [statement];
}

const weight: Readonly<Record<ActionLevel, number>> = {
  permissions: 0,
  write: 1,
  tagging: 2,
  read: 3,
  list: 4,
};

/** Actions that tell most of a statement over everything: rights over identities, policies and secrets. */
const telling = [
  ...[
    "iam:CreateAccessKey",
    "iam:CreateUser",
    "iam:PassRole",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
  ],
  ...[
    "sts:AssumeRole",
    "s3:PutBucketPolicy",
    "s3:GetObject",
    "s3:PutBucketPublicAccessBlock",
    "kms:PutKeyPolicy",
  ],
  ...["kms:Decrypt", "secretsmanager:GetSecretValue", "lambda:UpdateFunctionCode", "ec2:RunInstances"],
];

function actionsOf(
  { action: { negated, patterns } }: Statement,
  actions: ActionDictionary | undefined,
): { names: readonly string[]; more: number } {
  // Every action there is would be thousands of questions: that the rest is not asked is counted as one.
  if (negated || patterns.includes("*")) return { names: telling, more: 1 };
  let more = 0;
  const names = patterns.flatMap((pattern) => {
    const known = actions?.expand(pattern) ?? [];
    if (known.length === 0) return /[*?]/.test(pattern) ? [] : [pattern];
    const ranked = [...known].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
    more += Math.max(0, ranked.length - maxActions);
    return ranked.slice(0, maxActions);
  });
  return { names, more };
  function rank(name: string): number {
    return weight[actions?.lookup(name)?.level ?? "read"];
  }
}

type Things = ReadonlyMap<string, readonly string[]>;

/** Known ids by the service of their ARN; identities are things of `iam`. */
function thingsByService(estate: Estate): Things {
  const found = new Map<string, string[]>();
  const add = (id: string): void => {
    const service = parseArn(id)?.service ?? "";
    const list = found.get(service);
    if (list === undefined) found.set(service, [id]);
    else list.push(id);
  };
  for (const { id } of estate.resources) add(id);
  for (const { id, kind } of estate.principals) if (kind === "role" || kind === "user") add(id);
  return found;
}

function resourcesOf(
  { resource }: Statement,
  action: string,
  { on, concerns }: ChangedStatement,
  things: Things,
  actions: ActionDictionary | undefined,
): { questions: readonly AccessQuestion[]; more: number } {
  // A trust policy names no resource: the role itself is meant.
  if (resource === undefined)
    return { questions: on === undefined ? [] : [{ action, resource: on }], more: 0 };
  const type = typeOf(action, actions);
  const service = action.split(":")[0] ?? "";
  const known = (pattern: string): readonly string[] => {
    const all = on === undefined ? (things.get(service === "sts" ? "iam" : service) ?? []) : [on];
    return all
      .flatMap((id) => (id.includes(":s3:::") && !id.includes("/") ? [id, `${id}/remit-probe`] : [id]))
      .filter((id) => globMatches(pattern, id) && type(id));
  };
  let more = 0;
  const ask = (written: string): readonly AccessQuestion[] => {
    if (!/[*?]|\$\{/.test(written)) return [{ action, resource: written }];
    // A policy variable is a thing per identity (IAM User Guide, "Policy variables"): known things stand for them.
    const pattern = written.replace(/\$\{[^}]*\}/g, "*");
    if (pattern !== written) more += 1;
    const found = known(pattern);
    more += Math.max(0, found.length - maxResources);
    const some = found.slice(0, maxResources).map((id) => ({ action, resource: id }));
    if (pattern === "*") return [...some, { action, resource: "*" }];
    const probe = pattern.replace(/[*]+/g, "remit-probe").replaceAll("?", "x");
    return [...some, { action, resource: probe, pattern }];
  };
  const patterns = resource.negated ? ["*"] : resource.patterns;
  // What a statement over everything takes or gives is what its holders have elsewhere.
  const met = patterns.includes("*")
    ? concerns.filter(
        ({ action: own }) =>
          own.negated || own.patterns.some((item) => globMatches(item.toLowerCase(), action.toLowerCase())),
      )
    : [];
  const elsewhere = met.flatMap(({ resource: own }) =>
    own === undefined || own.negated ? [] : own.patterns,
  );
  return { questions: [...new Set([...patterns, ...elsewhere])].flatMap(ask), more };
}

/** Whether an id is of a type that the action works on, where the reference knows its types. */
function typeOf(action: string, actions: ActionDictionary | undefined): (id: string) => boolean {
  const patterns = (actions?.lookup(action)?.resources ?? []).map((text) =>
    text.replace(/\$\{[^}]*\}/g, "*"),
  );
  if (patterns.length === 0) return () => true;
  return (id) => patterns.some((pattern) => globMatches(pattern, id) && samePath(pattern, id));
}

/** `arn:…:s3:::*` is a bucket and no object in it. */
const samePath = (pattern: string, id: string): boolean =>
  !pattern.includes(":s3:::") || pattern.includes("/") === id.includes("/");

function nativeQuestions(before: Estate, after: Estate, things: Things): readonly AccessQuestion[] {
  if (before.grants === after.grants) return [];
  const [old, now] = [new Set(before.grants), new Set(after.grants)];
  const changed = [...before.grants.filter((g) => !now.has(g)), ...after.grants.filter((g) => !old.has(g))];
  const known = [...things.values()].flat();
  return changed.flatMap(({ actions, resources }) =>
    actions
      .filter((action) => !/[*?]/.test(action))
      .flatMap((action) =>
        resources.flatMap((pattern): readonly AccessQuestion[] => {
          if (!/[*?]/.test(pattern)) return [{ action, resource: pattern }];
          const matching = known.filter((id) => globMatches(pattern, id)).slice(0, maxResources);
          return matching.length > 0
            ? matching.map((resource) => ({ action, resource }))
            : [{ action, resource: pattern.replace(/[*]+/g, "remit-probe"), pattern }];
        }),
      ),
  );
}
