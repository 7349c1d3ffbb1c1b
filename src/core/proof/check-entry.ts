import { checkCitation } from "./check-citation.js";
import { fails, holds, notFollowed, together, type ClaimedHop, type HopResult } from "./claim.js";
import type { Directory } from "./directory.js";
import { accountIn } from "./directory.js";
import type { Statement } from "./policy.js";
import { actorOf } from "./target.js";
import { cited, isFields, stringsOf, type Citation } from "./raw-document.js";

/** The way in: what the cited documents must say so that somebody starts as the identity. */
export function checkEntry(directory: Directory, hop: ClaimedHop, verdict: true | "unknown"): HopResult {
  // Who is not ours starts as itself; that it may do something is what the next hop shows.
  if (hop.rule === "entry:trust" && hop.from === hop.to && actorOf(directory, hop.to)?.kind === "external")
    return together(hop.evidence.map((evidence) => checkCitation(directory, evidence)));
  // A way in that nobody knows of: that it is missing is the claim.
  if (hop.evidence.length === 0)
    return verdict === "unknown" ? holds() : notFollowed("no document is cited for the way in");
  const places = hop.evidence.map((evidence) => checkCitation(directory, evidence));
  const kind = hop.rule?.slice("entry:".length) ?? "";
  return together([...places, byKind(directory, hop, kind)]);
}

function byKind(directory: Directory, hop: ClaimedHop, kind: string): HopResult {
  const told = toldBy(directory, hop);
  const [first] = hop.evidence;
  switch (kind) {
    case "standing-credential":
    case "secret-reuse":
    case "human":
      return (
        saml(directory, hop) ??
        (told ? holds() : fails(`the cited record does not name ${nameOf(hop.to)}`, first))
      );
    case "root":
      return told || hop.to.endsWith(":root")
        ? holds()
        : fails("the cited record is not about the root user", first);
    case "federated-workload":
      return (
        federated(directory, hop) ?? (told ? holds() : fails("no cited statement admits a token", first))
      );
    case "trust":
      return (
        trusted(directory, hop) ?? (told ? holds() : fails(`the trust does not name ${hop.from}`, first))
      );
    case "inherited-role":
    case "service-principal":
      return (
        service(directory, hop) ??
        (told ? holds() : fails(`nothing that is cited runs as ${nameOf(hop.to)}`, first))
      );
    case "pipeline":
      return told ? holds() : fails(`the cited pipeline does not act as ${nameOf(hop.to)}`, first);
    default:
      return notFollowed(`\`${hop.rule ?? "no rule"}\` is no way in that this check knows`, first);
  }
}

const nameOf = (id: string): string => id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf(":")) + 1);

/** A cited record names the identity: by its id, or a line of a report by its name. */
function toldBy(directory: Directory, hop: ClaimedHop): boolean {
  return hop.evidence.some((evidence) => {
    const document = directory.documents.get(evidence.document);
    const { value } = document === undefined ? { value: undefined } : cited(document, evidence);
    if (typeof value === "string")
      return value.split(/[,\s]/).some((part) => part === hop.to || part === nameOf(hop.to));
    if (isIamStatement(value)) return false;
    return (
      mentions(value, hop.to, 0) || (isFields(value) && stringsOf(value["UserName"]).includes(nameOf(hop.to)))
    );
  });
}

const isIamStatement = (value: unknown): boolean => isFields(value) && "Effect" in value && "Action" in value;

/** Depth first, to a depth that records have. */
function mentions(value: unknown, id: string, depth: number): boolean {
  if (typeof value === "string") return value === id || value === `aws:${id}`;
  if (depth > 8 || typeof value !== "object" || value === null) return false;
  return Object.values(value).some((item) => mentions(item, id, depth + 1));
}

/** Allow statements of the role's own trust that are cited. */
function citedTrust(directory: Directory, hop: ClaimedHop): readonly Statement[] {
  const trust = directory.identities.get(hop.to)?.trust;
  return (trust?.statements ?? []).filter(
    (statement) => !statement.deny && hop.evidence.some((evidence) => samePlace(evidence, statement.at)),
  );
}

export const samePlace = (left: Citation, right: Citation): boolean =>
  left.document === right.document &&
  (left.pointer ?? "") === (right.pointer ?? "") &&
  (left.inner ?? "") === (right.inner ?? "");

const admits = (statement: Statement, action: string): boolean =>
  statement.actions.some(
    (pattern) =>
      pattern === "*" ||
      pattern === "sts:*" ||
      pattern === action ||
      (pattern.endsWith("*") && action.startsWith(pattern.slice(0, -1))),
  ) !== statement.notActions;

function federated(directory: Directory, hop: ClaimedHop): HopResult | undefined {
  const statements = citedTrust(directory, hop);
  if (statements.length === 0) return undefined;
  const open = statements.filter(
    (statement) =>
      admits(statement, "sts:assumerolewithwebidentity") && (statement.named?.federated.length ?? 0) > 0,
  );
  if (open.length === 0) {
    const pods = statements.some(({ named }) => named?.service.includes("pods.eks.amazonaws.com") === true);
    return pods ? service(directory, hop) : fails("the cited trust admits no token", hop.evidence[0]);
  }
  const subject = open.some(
    (statement) =>
      hop.from === "*" ||
      statement.named?.federated.includes(hop.from) === true ||
      statement.conditions.some(({ values }) => values.includes(hop.from)) ||
      !statement.conditions.some(({ key }) => /:sub$/i.test(key)),
  );
  return subject ? holds() : fails(`the cited trust does not admit \`${hop.from}\``, hop.evidence[0]);
}

function saml(directory: Directory, hop: ClaimedHop): HopResult | undefined {
  const statements = citedTrust(directory, hop);
  if (statements.length === 0) return undefined;
  return statements.some(
    (statement) =>
      admits(statement, "sts:assumerolewithsaml") &&
      statement.named?.federated.some((name) => name.includes(":saml-provider/")) === true,
  )
    ? holds()
    : fails("the cited trust admits nobody who signs in", hop.evidence[0]);
}

function trusted(directory: Directory, hop: ClaimedHop): HopResult | undefined {
  const statements = citedTrust(directory, hop);
  if (statements.length === 0) return undefined;
  const account = /^(?:aws:)?(\d{12})$/.exec(hop.from)?.[1] ?? accountIn(hop.from);
  const names = ({ named, conditions }: Statement): boolean =>
    named !== undefined &&
    (named.negated ||
      named.everyone ||
      named.aws.some((name) => name === hop.from || name === account || accountIn(name) === account) ||
      conditions.some(({ values }) => values.includes(hop.from)));
  return statements.some((statement) => admits(statement, "sts:assumerole") && names(statement))
    ? holds()
    : fails(`the cited trust does not name ${hop.from}`, hop.evidence[0]);
}

/** The trust admits a service; where compute is cited as well, it must name the role or its instance profile. */
function service(directory: Directory, hop: ClaimedHop): HopResult | undefined {
  const statements = citedTrust(directory, hop);
  if (statements.length === 0) return undefined;
  if (
    !statements.some(
      (statement) => admits(statement, "sts:assumerole") && (statement.named?.service.length ?? 0) > 0,
    )
  )
    return fails("the cited trust admits no service", hop.evidence[0]);
  const others = hop.evidence.filter((evidence) => !statements.some(({ at }) => samePlace(evidence, at)));
  const profiles = directory.identities.get(hop.to)?.instanceProfiles ?? [];
  for (const evidence of others) {
    const document = directory.documents.get(evidence.document);
    if (document === undefined) continue;
    const { value } = cited(document, evidence);
    const named = [hop.to, nameOf(hop.to), ...profiles].some((id) => mentions(value, id, 0));
    if (!named) return fails(`what is cited does not run as ${nameOf(hop.to)}`, evidence);
  }
  return holds();
}
