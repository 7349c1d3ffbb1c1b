import { accountOfArn, awsAccount, parseArn, principalId } from "../../estate/index.js";
import type { AccountId, Estate, PolicyDocument, Principal, PrincipalId } from "../../estate/index.js";
import { missing } from "./missing.js";
import type { Actor, ActorKind } from "./model.js";

/** Whoever is not one of ours: any AWS principal of an account outside the estate, and unsigned requests. */
export const everyone: PrincipalId = principalId("aws:everyone");
export const serviceActor = (service: string): PrincipalId => principalId(`aws:service/${service}`);
export const rootOf = (account: AccountId, partition = "aws"): PrincipalId =>
  principalId(`arn:${partition}:iam::${account.slice("aws:".length)}:root`);

export interface Actors {
  readonly list: readonly Actor[];
  readonly index: ReadonlyMap<PrincipalId, number>;
  /** Accounts whose inside is ours to know. */
  readonly ours: ReadonlySet<AccountId>;
}

/** Every identity that can act, sorted by id: those of the estate, account roots, and those that documents name. */
export function listActors(estate: Estate): Actors {
  const ours = ourAccounts(estate);
  const actors = new Map<PrincipalId, Actor>();
  for (const principal of estate.principals) {
    if (principal.kind === "group") continue;
    actors.set(principal.id, actorOf(principal));
  }
  const partition = parseArn(
    estate.principals.find((item) => item.id.startsWith("arn:"))?.id ?? "",
  )?.partition;
  for (const account of ours) {
    const id = rootOf(account, partition);
    if (!actors.has(id)) actors.set(id, { id, kind: "root", account, serviceLinked: false });
  }
  actors.set(everyone, { id: everyone, kind: "everyone", serviceLinked: false });
  for (const document of resourceDocuments(estate)) {
    for (const actor of namedIn(document, estate, ours))
      if (!actors.has(actor.id)) actors.set(actor.id, actor);
  }
  for (const grantee of kmsGrantees(estate)) {
    const actor = actorOfName(grantee, estate, ours);
    if (actor !== undefined && !actors.has(actor.id)) actors.set(actor.id, actor);
  }
  const list = [...actors.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { list, index: new Map(list.map((actor, i) => [actor.id, i])), ours };
}

/** Whether documents name an actor that is not among those listed. */
export function namesNewActor(
  documents: readonly PolicyDocument[],
  estate: Estate,
  { index, ours }: Pick<Actors, "index" | "ours">,
): boolean {
  return documents.some((document) => {
    for (const { id } of namedIn(document, estate, ours)) if (!index.has(id)) return true;
    return false;
  });
}

function ourAccounts(estate: Estate): ReadonlySet<AccountId> {
  const ours = new Set<AccountId>();
  for (const account of estate.accounts) if (account.provider === "aws") ours.add(account.id);
  for (const organization of estate.organizations) {
    if (organization.managementAccount !== undefined) ours.add(organization.managementAccount);
    for (const node of organization.nodes) if (node.kind === "account") ours.add(awsAccount(node.id));
  }
  for (const principal of estate.principals) {
    if (principal.provider === "aws" && principal.account !== undefined && isOwnKind(principal))
      ours.add(principal.account);
  }
  return ours;
}

const isOwnKind = ({ kind }: Principal): boolean =>
  kind === "user" || kind === "role" || kind === "group" || kind === "root";

export function actorOf(principal: Principal): Actor {
  const { id, account } = principal;
  return {
    id,
    kind: kindOf(principal),
    ...(account === undefined ? {} : { account }),
    principal,
    serviceLinked: principal.immutable === "service-linked",
  };
}

function kindOf({ kind, provider }: Principal): ActorKind {
  if (provider !== "aws") return "native";
  switch (kind) {
    case "user":
    case "role":
    case "root":
    case "service":
    case "everyone":
      return kind;
    case "external-account":
      return "external";
    case "federated-subject":
    case "saml-subject":
      return "federated";
    default:
      return "native";
  }
}

function* resourceDocuments(estate: Estate): Generator<PolicyDocument> {
  for (const { trustPolicy } of estate.principals) if (trustPolicy !== undefined) yield trustPolicy.document;
  for (const { policies } of estate.resources) for (const use of policies?.values() ?? []) yield use.document;
}

/** Condition keys whose fixed values name a caller where `Principal` is `*`. */
const callerKeys: ReadonlySet<string> = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "kms:calleraccount",
]);

function* namedIn(document: PolicyDocument, estate: Estate, ours: ReadonlySet<AccountId>): Generator<Actor> {
  for (const { principal, conditions } of document.statements) {
    if (principal === undefined) continue;
    for (const name of [...principal.aws, ...(principal.any ? namedByConditions(conditions) : [])]) {
      const actor = actorOfName(name, estate, ours);
      if (actor !== undefined) yield actor;
    }
    for (const service of principal.service)
      yield { id: serviceActor(service), kind: "service", serviceLinked: false };
    for (const provider of principal.federated) {
      const account = accountOfArn(provider);
      const id = principalId(provider);
      yield { id, kind: "federated", ...(account === undefined ? {} : { account }), serviceLinked: false };
    }
    for (const user of principal.canonicalUser) {
      yield { id: principalId(`aws:canonical-user/${user}`), kind: "external", serviceLinked: false };
    }
  }
}

function* namedByConditions(
  conditions: PolicyDocument["statements"][number]["conditions"],
): Generator<string> {
  for (const { key, values } of conditions) {
    if (callerKeys.has(key.toLowerCase())) yield* values.filter((value) => !/[*?$]/.test(value));
  }
}

/** The actor behind an entry of `Principal.AWS`: undefined for unique ids of deleted identities and for `*`. */
function actorOfName(name: string, estate: Estate, ours: ReadonlySet<AccountId>): Actor | undefined {
  if (/^\d{12}$/.test(name)) return actorOfName(rootOf(awsAccount(name)), estate, ours);
  const arn = parseArn(name);
  if (arn === undefined) return undefined;
  const account = accountOfArn(name);
  if (account === undefined) return undefined;
  if (!ours.has(account)) return { id: principalId(name), kind: "external", account, serviceLinked: false };
  // An identity of ours that the documents do not list: gone where they are complete, else unknown.
  if (arn.service !== "iam" || estate.covers("iam", account)) return undefined;
  const kind = arn.resource.startsWith("role/")
    ? "role"
    : arn.resource.startsWith("user/")
      ? "user"
      : undefined;
  if (kind === undefined) return undefined;
  const serviceLinked = arn.resource.startsWith("role/aws-service-role/");
  return { id: principalId(name), kind, account, serviceLinked, uncollected: missing.identities(account) };
}

/** `grants` of a `kms:key`: `[{id, grantee, operations}]`. */
function* kmsGrantees(estate: Estate): Generator<string> {
  for (const resource of estate.resources) {
    if (resource.kind !== "kms:key") continue;
    const value = resource.properties.get("grants")?.value;
    if (!Array.isArray(value)) continue;
    for (const grant of value as readonly unknown[]) {
      if (
        typeof grant === "object" &&
        grant !== null &&
        "grantee" in grant &&
        typeof grant.grantee === "string"
      ) {
        yield grant.grantee;
      }
    }
  }
}
