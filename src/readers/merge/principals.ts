import type { Origin, PolicyUse, Principal, Tri } from "../../core/estate/index.js";
import { consoleAccessKind } from "../aws-console-access/index.js";
import { byName, nameIndex } from "./credentials.js";
import { compare, laterOf } from "./newer.js";
import { pick, type Conflicts, type Stated } from "./pick.js";

/** Unites what several documents say about one identity: authorization details, credential report, role lists. */
export function mergePrincipals(first: Principal, second: Principal, conflicts: Conflicts): Principal {
  const subject: string = first.id;
  // An answer about the console only is younger at times, but knows nothing else of the user.
  const [fuller] = [first, second].filter((item) => !isNamedOnly(item));
  const younger = laterOf(first.origin, second.origin) === "second" ? second : first;
  const later = isNamedOnly(younger) && fuller !== undefined ? fuller : younger;
  const earlier = later === first ? second : first;
  const trust = pick(ofUse(first.trustPolicy), ofUse(second.trustPolicy), subject, "trust policy", conflicts);
  const boundary = pick(
    first.boundary && { value: first.boundary.arn, origin: first.boundary.origin },
    second.boundary && { value: second.boundary.arn, origin: second.boundary.origin },
    subject,
    "permissions boundary",
    conflicts,
  );
  const console = mergeConsole(first, second, conflicts);
  const { trustPolicy: _trust, boundary: _boundary, console: _console, ...rest } = { ...earlier, ...later };
  return {
    ...rest,
    ...(trust === undefined
      ? {}
      : { trustPolicy: { name: "trust policy", document: trust.value, origin: trust.origin } }),
    ...(boundary === undefined ? {} : { boundary: { arn: boundary.value, origin: boundary.origin } }),
    ...(console === undefined ? {} : { console }),
    ...lastUsed(first, second),
    tags: { ...earlier.tags, ...later.tags },
    inline: mergeUses(first.inline, second.inline, subject, conflicts),
    attached: [
      ...new Map([...second.attached, ...first.attached].map((item) => [item.arn, item])).values(),
    ].sort((a, b) => compare(a.arn, b.arn)),
    groups: [...new Set([...first.groups, ...second.groups])].sort(),
    instanceProfiles: [...new Set([...first.instanceProfiles, ...second.instanceProfiles])].sort(),
  };
}

const isNamedOnly = (item: Principal): boolean => item.origin.source.kind === consoleAccessKind;

/** A user that an answer names without its path is the user of that name: names are unique in an account. */
export function resolveNamed(principals: readonly Principal[]): readonly Principal[] {
  if (!principals.some(isNamedOnly)) return principals;
  const users = nameIndex(
    principals.filter((item) => !isNamedOnly(item)),
    "user",
  );
  return principals.map((item) =>
    isNamedOnly(item) ? { ...item, id: users.get(byName(item.id)) ?? item.id } : item,
  );
}

const ofUse = (use: PolicyUse | undefined): Stated<PolicyUse["document"]> | undefined =>
  use && { value: use.document, origin: use.origin };

/** A password or MFA state on which two documents disagree is unknown; the last sign-in is the later of the two. */
function mergeConsole(first: Principal, second: Principal, conflicts: Conflicts): Principal["console"] {
  const [a, b] = [first.console, second.console];
  if (a === undefined || b === undefined) return a ?? b;
  const settle = (what: "password" | "mfa"): Tri =>
    pick(
      known(a[what], a.origin),
      known(b[what], b.origin),
      first.id,
      what === "mfa" ? "MFA" : "console password",
      conflicts,
    )?.value ?? "unknown";
  const lastUsedAt = [a.lastUsedAt, b.lastUsedAt]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  const origin = laterOf(a.origin, b.origin) === "second" ? b.origin : a.origin;
  return {
    password: settle("password"),
    mfa: settle("mfa"),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt }),
    origin,
  };
}

const known = (value: Tri, origin: Origin): Stated<Tri> | undefined =>
  value === "unknown" ? undefined : { value, origin };

/** A last use only ever moves forward, so the greater date is true whichever document is newer. */
function lastUsed(first: Principal, second: Principal): Pick<Principal, "lastUsedAt"> {
  const latest = [first.lastUsedAt, second.lastUsedAt]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
  return latest === undefined ? {} : { lastUsedAt: latest };
}

/** By name. Two documents that differ at the same time are both kept: the caller withholds the coverage. */
function mergeUses(
  first: readonly PolicyUse[],
  second: readonly PolicyUse[],
  subject: string,
  conflicts: Conflicts,
): readonly PolicyUse[] {
  if (second.length === 0) return first;
  if (first.length === 0) return second;
  const byName = new Map(first.map((use) => [use.name, use]));
  const extra: PolicyUse[] = [];
  for (const use of second) {
    const other = byName.get(use.name);
    const chosen = pick(ofUse(other), ofUse(use), subject, `inline policy \`${use.name}\``, conflicts);
    if (chosen === undefined) extra.push(use);
    else byName.set(use.name, chosen.origin === use.origin ? use : (other ?? use));
  }
  return [...byName.values(), ...extra].sort((a, b) => compare(a.name, b.name));
}
