import { parseArn, type AccountId, type Estate, type PolicyUse, type Principal } from "../../estate/index.js";
import { remember } from "../aws/remember.js";
import { commonText, globMatches } from "../glob.js";
import { rememberByEstate } from "./identity-facts.js";
import type { Power } from "./power.js";
import { coversAction, statementsOf } from "./statements.js";

export type NewKind = "role" | "user" | "group";

/** Names that conditions and limits single out: a newcomer may be given one of them, an identity may have one. */
export interface NamedPatterns {
  /** IAM resource patterns of organisation policies and boundaries: what may be created, or may not. */
  readonly resources: readonly string[];
  /** Values of `aws:PrincipalArn`, and what `NotPrincipal` leaves out: who is treated apart. */
  readonly callers: readonly string[];
  /** Keys of `aws:PrincipalTag/…`, lower case. */
  readonly tags: readonly string[];
}

const remembered = rememberByEstate<NamedPatterns>();

export const namedPatterns = (estate: Estate): NamedPatterns => remembered(estate, () => collect(estate));

function collect(estate: Estate): NamedPatterns {
  const resources = new Set<string>();
  const callers = new Set<string>();
  const tags = new Set<string>();
  const read = (use: PolicyUse, limits: boolean): void => {
    for (const { statement } of statementsOf([use])) {
      for (const { key, values } of statement.conditions) {
        const name = key.toLowerCase();
        if (name === "aws:principalarn") for (const value of values) callers.add(value);
        if (name.startsWith("aws:principaltag/")) tags.add(name.slice("aws:principaltag/".length));
      }
      if (statement.principal?.negated === true)
        for (const name of statement.principal.aws) callers.add(name);
      if (!limits) continue;
      for (const pattern of statement.resource?.patterns ?? [])
        if (/^arn:[^:]*:iam:/.test(pattern)) resources.add(pattern);
    }
  };
  for (const organization of estate.organizations)
    for (const { use } of organization.policies) if (use !== undefined) read(use, true);
  const boundaries = new Set(estate.principals.flatMap(({ boundary }) => boundary?.arn ?? []));
  for (const arn of boundaries)
    for (const { isDefault, use } of estate.managedPolicy(arn)?.versions ?? [])
      if (isDefault) read(use, true);
  for (const resource of estate.resources)
    for (const use of resource.policies?.values() ?? []) read(use, false);
  return { resources: [...resources].sort(), callers: [...callers].sort(), tags: [...tags].sort() };
}

/** Identities that some limit treats apart: for these even the widest envelope of another is no substitute. */
export function isTreatedApart(estate: Estate, principal: Principal): boolean {
  const { tags } = namedPatterns(estate);
  return (
    isNamedApart(estate, principal.id) ||
    Object.keys(principal.tags).some((key) => tags.includes(key.toLowerCase()))
  );
}

export const isNamedApart = (estate: Estate, id: string): boolean =>
  namedPatterns(estate).callers.some((pattern) => globMatches(open(pattern), id));

/** Some limit treats callers by their name: then the names that a newcomer could have are not all alike. */
export const hasNamedApart = (estate: Estate): boolean => namedPatterns(estate).callers.length > 0;

const open = (pattern: string): string => pattern.replace(/\$\{[^}]*\}/g, "*");

/** Most names tried per kind and actor; what lies beyond is unknown, and named. */
const mostNames = 200;

/** Names and lists of limits remembered: beyond it they are worked out again. */
const mostRemembered = 4096;

export interface Names {
  readonly list: readonly string[];
  readonly cut: boolean;
}

/**
 * ARNs of `kind` that the power could be allowed to create: one for every combination of the patterns that its rights
 * for `actions` speak of with the names that limits single out. Whether it is allowed is asked of each.
 */
export function namesFor(
  estate: Estate,
  power: Power,
  kind: NewKind,
  actions: readonly string[],
  account: AccountId,
): Names {
  const arn = parseArn(power.as.id);
  const stem = `arn:${arn?.partition ?? "aws"}:iam::${account.replace(/^aws:/, "")}:${kind}/`;
  const lists = actions.map((action) => patternsFor(power, action, stem));
  const limits = limitsOn(estate, stem);
  let tuples: readonly (readonly string[])[] = limits.map((limit) => [limit]);
  for (const list of lists) tuples = tuples.flatMap((tuple) => list.map((pattern) => [...tuple, pattern]));
  const found = new Set<string>();
  for (const tuple of tuples.slice(0, mostNames)) {
    const name = pick([...new Set(tuple)], stem);
    if (name !== undefined) found.add(name);
  }
  return { list: [...found], cut: tuples.length > mostNames };
}

const rememberedLimits =
  rememberByEstate<(stem: string, make: () => readonly string[]) => readonly string[]>();

/** What limits single out among the names that begin with `stem`, and all of these together. */
const limitsOn = (estate: Estate, stem: string): readonly string[] =>
  rememberedLimits(estate, () => remember<readonly string[]>(mostRemembered))(stem, () => {
    const { resources, callers } = namedPatterns(estate);
    return [
      ...new Set([`${stem}*`, ...[...resources, ...callers].map(open).filter((text) => fits(text, stem))]),
    ];
  });

function patternsFor(power: Power, action: string, stem: string): readonly string[] {
  const found = new Set<string>(power.open ? [`${stem}*`] : []);
  for (const { statement } of statementsOf(power.uses)) {
    if (statement.effect !== "Allow" || !coversAction(statement, action)) continue;
    if (statement.resource === undefined || statement.resource.negated) found.add(`${stem}*`);
    else
      for (const pattern of statement.resource.patterns) {
        const text = filled(pattern, power.as);
        if (globMatches(text, `${stem}remit-new`)) found.add(`${stem}*`);
        else if (fits(text, stem)) found.add(text);
      }
  }
  return [...found].sort();
}

const filled = (pattern: string, { kind, name }: Principal): string =>
  open(kind === "user" ? pattern.replace(/\$\{aws:username\}/gi, name) : pattern);

const fits = (pattern: string, stem: string): boolean => commonText([pattern, `${stem}?*`]) !== undefined;

const picked = remember<{ readonly name: string | undefined }>(mostRemembered);

/** A readable one where the patterns leave the choice. */
function pick(patterns: readonly string[], stem: string): string | undefined {
  const plain = `${stem}remit-new`;
  if (patterns.every((pattern) => globMatches(pattern, plain))) return plain;
  return picked([stem, ...patterns].join("\n"), () => ({
    name: commonText([...patterns, `${stem}*remit-new*`]) ?? commonText([...patterns, `${stem}?*`]),
  })).name;
}

/** Rights without which nobody creates an identity: holders of one of them are looked at. */
export const creatingActions: readonly { readonly action: string; readonly kind: NewKind }[] = [
  { action: "iam:CreateRole", kind: "role" },
  { action: "iam:CreateUser", kind: "user" },
  { action: "iam:CreateGroup", kind: "group" },
];
