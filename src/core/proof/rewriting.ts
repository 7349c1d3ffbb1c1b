import { accountIn, type Directory, type Identity } from "./directory.js";
import { managedPolicy } from "./held.js";
import { judge } from "./judge.js";
import type { Policy, Statement } from "./policy.js";
import type { Question, Ruling, Setting } from "./ruling.js";

/** Who may do what once policies were written: the documents as they would then stand. */
export interface Rewrite {
  readonly setting: Setting;
  /** Who acts afterwards: the identity that was written, or one that was made. */
  readonly as: string;
  /** It holds whatever its writer chose; else what the documents then say. */
  readonly written: boolean;
  /** A part of it was not followed: nothing is held against what rests on it. */
  readonly open: boolean;
}

/** By identity, in the order of the path: any of them may be what a later hop uses. */
export type Rewrites = Map<string, readonly Rewrite[]>;

export const untouched = { inline: true, attached: true, boundary: true };

export const unfollowed = (setting: Setting, as: string): Rewrite => ({
  setting,
  as,
  written: true,
  open: true,
});

export function leave(rewritten: Rewrites, identity: string, rewrite: Rewrite): void {
  rewritten.set(identity, [...(rewritten.get(identity) ?? []), rewrite]);
}

const rank = { no: 0, unknown: 1, if: 2, yes: 3 };
export const better = (left: Ruling, right: Ruling): Ruling =>
  rank[right.answer] > rank[left.answer] ? right : left;

/** The best that any of the rewritings leaves. */
export const afterwards = (question: Question, known: readonly Rewrite[]): Ruling =>
  known.map((rewrite) => rulingAfter(question, rewrite)).reduce(better);

export function rulingAfter(question: Question, { setting, as, written, open }: Rewrite): Ruling {
  const own =
    question.resource === "*" && question.account === undefined
      ? { ...question, account: accountIn(as) }
      : question;
  const ruling = judge(setting, as, own, written ? untouched : undefined);
  if (open) return { ...ruling, answer: "unknown" };
  // What somebody would write stands in no document and is not cited.
  return { ...ruling, allows: ruling.allows.filter(({ statement }) => statement !== anything) };
}

const nowhere = { document: "", digest: "" };
const anything: Statement = {
  at: nowhere,
  deny: false,
  actions: ["*"],
  notActions: false,
  resources: ["*"],
  notResources: false,
  named: undefined,
  conditions: [],
};
const chosen: Policy = { at: nowhere, variables: false, statements: [anything] };

/** The documents while one hop changes them, right by right. */
export interface Draft {
  setting: Setting;
  /** Identities and groups that hold whatever the writer chose. */
  readonly written: Set<string>;
  /** Identities that the actor is, or has become on the way. */
  readonly mine: Set<string>;
  /** The identity that was made last. */
  made: string | undefined;
  open: boolean;
}

export const isWritten = ({ written, setting }: Draft, who: string): boolean =>
  written.has(who) ||
  setting.directory.identities.get(who)?.groups.some((group) => written.has(group)) === true;

/** What one right does to the documents, for whoever uses it on the way to `target`. */
export function apply(draft: Draft, action: string, resource: string, actor: string, target: string): void {
  const name = action.toLowerCase().replace(/^iam:/, "");
  const { directory } = draft.setting;
  const on = directory.identities.get(resource);
  const member = draft.made ?? target;
  const change = (arn: string, part: Partial<Identity>): void => {
    const identity = directory.identities.get(arn);
    if (identity !== undefined) draft.setting = withIdentity(draft.setting, { ...identity, ...part });
  };
  if (/^(put|attach)(user|role|group)policy$/.test(name)) draft.written.add(resource);
  if (/^(put|delete)(user|role|group)policy$/.test(name) && on !== undefined)
    change(resource, { inline: on.inline.filter((policy) => !denies(policy)) });
  else if (/^detach(user|role|group)policy$/.test(name) && on !== undefined)
    change(resource, { attached: on.attached.filter((arn) => !denies(managedPolicy(directory, arn))) });
  else if (/^(put|delete)(user|role)permissionsboundary$/.test(name))
    change(resource, { boundary: undefined });
  else if (name === "removeuserfromgroup" || name === "addusertogroup") {
    const groups = directory.identities.get(member)?.groups ?? [];
    const others = groups.filter((group) => group !== resource);
    change(member, { groups: name === "addusertogroup" ? [...others, resource] : others });
  } else if (name === "createpolicyversion")
    draft.setting = {
      ...draft.setting,
      directory: { ...directory, managed: overlaid(directory.managed, resource, chosen) },
    };
  else if (name === "setdefaultpolicyversion") draft.open = true;
  else if (/^create(user|role|group)$/.test(name)) create(draft, resource, actor);
  else if (entering.test(name)) draft.mine.add(resource);
}

/** Rights by which whoever has them acts as the identity that they are asked on. */
const entering =
  /^(sts:assumerole|createaccesskey|createloginprofile|updateloginprofile|updateassumerolepolicy|updateaccesskey)$/;

const denies = (policy: Policy | undefined): boolean =>
  policy === undefined || policy.statements.some(({ deny }) => deny);

function create(draft: Draft, arn: string, actor: string): void {
  const kind = /:(user|role|group)\//.exec(arn)?.[1];
  const account = accountIn(arn);
  if (account === undefined || (kind !== "user" && kind !== "role" && kind !== "group")) return;
  const letsIn: Statement = {
    ...anything,
    actions: ["sts:assumerole", "sts:tagsession"],
    resources: undefined,
    named: { negated: false, everyone: false, aws: [actor], service: [], federated: [] },
  };
  draft.setting = withIdentity(draft.setting, {
    arn,
    kind,
    account,
    name: arn.slice(arn.lastIndexOf("/") + 1),
    at: nowhere,
    uniqueId: undefined,
    tags: {},
    inline: [],
    attached: [],
    groups: [],
    boundary: undefined,
    trust: kind === "role" ? { ...chosen, statements: [letsIn] } : undefined,
    instanceProfiles: [],
  });
  if (kind === "group") return;
  draft.made = arn;
  if (kind === "role") draft.mine.add(arn);
}

const withIdentity = (setting: Setting, identity: Identity): Setting => ({
  ...setting,
  directory: {
    ...setting.directory,
    identities: overlaid(setting.directory.identities, identity.arn, identity),
  } satisfies Directory,
});

/** The same map with one entry replaced, without a copy of the rest. */
function overlaid<Item>(
  base: ReadonlyMap<string, Item>,
  key: string,
  value: Item,
): ReadonlyMap<string, Item> {
  const all = (): Map<string, Item> => new Map(base).set(key, value);
  return {
    get: (name) => (name === key ? value : base.get(name)),
    has: (name) => name === key || base.has(name),
    get size() {
      return base.size + (base.has(key) ? 0 : 1);
    },
    forEach(each) {
      all().forEach(each);
    },
    entries: () => all().entries(),
    keys: () => all().keys(),
    values: () => all().values(),
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  };
}
