/**
 * A second, naive reading of the AWS rules, for tests only: it takes the short text of an estate and one complete
 * request and walks every statement. It shares no code with the engine, so that both can only agree for a reason.
 */
import type { EstateText, PolicyText, PrincipalText, StatementText } from "../policy-estate.js";

export interface Request {
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
  /** Lower-case keys that only the request decides; undefined: absent. */
  readonly context: Readonly<Record<string, readonly string[] | undefined>>;
}

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly string[]) : [value as string];

/** By regular expression, unlike the engine. */
function like(pattern: string, text: string, fold: boolean): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, fold ? "is" : "s").test(text);
}

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

function resourceAccount(estate: EstateText, resource: string): string {
  const bucket = resource.split("/")[0] ?? resource;
  return accountOf(resource) !== "" ? accountOf(resource) : (estate.resources?.[bucket]?.account ?? "");
}

/** The value of a key in the request, with what AWS fills in by itself. */
function valueOf(estate: EstateText, request: Request, key: string): readonly string[] | undefined {
  const lower = key.toLowerCase();
  if (lower in request.context) return request.context[lower];
  const principal: PrincipalText | undefined = estate.principals?.[request.caller];
  const outsider = request.caller === "aws:everyone";
  const account = outsider ? "999999999999" : accountOf(request.caller);
  if (lower === "aws:principalarn") return [outsider ? "arn:aws:iam::999999999999:user/x" : request.caller];
  if (lower === "aws:principalaccount") return [account];
  if (lower === "aws:username") {
    return request.caller.includes(":user/")
      ? [request.caller.slice(request.caller.lastIndexOf("/") + 1)]
      : undefined;
  }
  if (lower === "aws:principalorgid")
    return account in (estate.organization?.parents ?? {}) ? ["o-test"] : undefined;
  if (lower.startsWith("aws:principaltag/")) {
    const value = principal?.tags?.[lower.slice("aws:principaltag/".length)];
    return value === undefined ? undefined : [value];
  }
  throw new Error(`no value for ${key}`);
}

/** Undefined: a variable has no value. */
function fill(estate: EstateText, request: Request, pattern: string): string | undefined {
  let broken = false;
  const text = pattern.replace(/\$\{([^}]+)\}/g, (_, key: string) => {
    const value = valueOf(estate, request, key)?.[0];
    if (value === undefined) broken = true;
    return value ?? "";
  });
  return broken ? undefined : text;
}

function conditionHolds(
  estate: EstateText,
  request: Request,
  operator: string,
  key: string,
  expected: readonly string[],
): boolean {
  const actual = valueOf(estate, request, key);
  const [quantifier, rest = operator] = operator.includes(":") ? operator.split(":") : [undefined, operator];
  const ifExists = rest.endsWith("IfExists");
  const name = ifExists ? rest.slice(0, -8) : rest;
  if (name === "Null") return expected.includes(actual === undefined ? "true" : "false");
  const filled = expected.map((value) => fill(estate, request, value)).filter((value) => value !== undefined);
  const test = (value: string): boolean => {
    const some = (check: (pattern: string) => boolean): boolean => filled.some(check);
    switch (name) {
      case "StringEquals":
      case "ArnEquals":
        return some((pattern) => pattern === value);
      case "StringNotEquals":
        return !some((pattern) => pattern === value);
      case "StringLike":
      case "ArnLike":
        return some((pattern) => like(pattern, value, false));
      case "StringNotLike":
      case "ArnNotLike":
        return !some((pattern) => like(pattern, value, false));
      case "Bool":
        return some((pattern) => pattern === value);
      case "NumericLessThan":
        return some((pattern) => Number(value) < Number(pattern));
      case "NumericGreaterThanEquals":
        return some((pattern) => Number(value) >= Number(pattern));
      default:
        throw new Error(`operator ${operator}`);
    }
  };
  if (actual === undefined) {
    if (ifExists || quantifier === "ForAllValues") return true;
    return quantifier === undefined && name.includes("Not");
  }
  if (quantifier === "ForAllValues") return actual.every(test);
  if (quantifier === "ForAnyValue") return actual.some(test);
  return name.includes("Not") ? actual.every(test) : actual.some(test);
}

function applies(estate: EstateText, request: Request, statement: StatementText): boolean {
  const named = listOf(statement.NotAction ?? statement.Action).some((pattern) =>
    like(pattern, request.action, true),
  );
  if (named === (statement.NotAction !== undefined)) return false;
  const resources = statement.NotResource ?? statement.Resource;
  if (resources !== undefined) {
    const matched = listOf(resources).some((pattern) => {
      const text = fill(estate, request, pattern);
      return text !== undefined && like(text, request.resource, false);
    });
    if (matched === (statement.NotResource !== undefined)) return false;
  }
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) =>
      conditionHolds(estate, request, operator, key, listOf(values)),
    ),
  );
}

const says = (
  estate: EstateText,
  request: Request,
  policy: PolicyText | undefined,
  effect: "Allow" | "Deny",
): boolean =>
  policy?.Statement.some(
    (statement) => statement.Effect === effect && applies(estate, request, statement),
  ) === true;

type Reach = "user" | "role" | "any" | "account" | "no";

function reachOf(estate: EstateText, statement: StatementText, caller: string): Reach {
  const named = (list: StatementText["Principal"]): Reach => {
    if (list === undefined) return "no";
    if (list === "*") return "any";
    const aws = listOf(list["AWS"]);
    const outsider = caller === "aws:everyone";
    const account = accountOf(caller);
    if (!outsider && !caller.endsWith(":root") && aws.includes(caller))
      return caller.includes(":role/") ? "role" : "user";
    if (aws.includes("*")) return "any";
    return !outsider && aws.some((name) => name === account || name === `arn:aws:iam::${account}:root`)
      ? "account"
      : "no";
  };
  if (statement.NotPrincipal === undefined) return named(statement.Principal);
  if (statement.Effect === "Deny" && estate.principals?.[caller]?.boundary !== undefined) return "any";
  return named(statement.NotPrincipal) === "no" ? "any" : "no";
}

/** Nodes from the account up to the root. */
function pathUp(estate: EstateText, account: string): readonly string[] {
  const parents = estate.organization?.parents ?? {};
  const path: string[] = [];
  for (
    let at: string | null | undefined = account;
    at !== null && at !== undefined && at in parents;
    at = parents[at]
  )
    path.push(at);
  return path;
}

function organizationAllows(
  estate: EstateText,
  request: Request,
  account: string,
  type: "scp" | "rcp",
): boolean {
  if (account === estate.organization?.management) return true;
  return pathUp(estate, account).every((node) => {
    const policies = (estate.organization?.policies ?? []).filter(
      (item) => item.type === type && item.targets?.includes(node),
    );
    const documents = policies.map((item) => item.document);
    if (documents.some((item) => item !== "full" && says(estate, request, item, "Deny"))) return false;
    return (
      type === "rcp" || documents.some((item) => item === "full" || says(estate, request, item, "Allow"))
    );
  });
}

/** Whether AWS allows this one request. */
export function allows(estate: EstateText, request: Request): boolean {
  const { caller, action, resource } = request;
  const everybody = caller === "aws:everyone";
  const own = everybody ? "" : accountOf(caller);
  const owner = resourceAccount(estate, resource);
  const ours = own in (estate.accounts ?? {});
  const same = own === owner;
  const root = caller.endsWith(":root");
  const principal: PrincipalText | undefined = estate.principals?.[caller];
  const groups = (principal?.groups ?? []).map((group) => estate.principals?.[group]);
  const documents = [principal, ...groups].flatMap((holder) => [
    ...(holder?.policies ?? []),
    ...(holder?.attached ?? []).map((arn) => estate.managed?.[arn]),
  ]);
  const boundary = principal?.boundary === undefined ? undefined : estate.managed?.[principal.boundary];

  const holder = resource.split("/")[0] ?? "";
  const trust = resource.includes(":role/") && action.startsWith("sts:");
  const key = resource.includes(":key/");
  const policy = trust
    ? estate.principals?.[resource]?.trust
    : resource.startsWith("arn:aws:s3:::")
      ? (estate.resources?.[holder]?.policy ?? undefined)
      : key
        ? (estate.resources?.[resource]?.policy ?? undefined)
        : undefined;
  const reaches = (effect: "Allow" | "Deny"): readonly Reach[] =>
    (policy?.Statement ?? [])
      .filter((statement) => statement.Effect === effect && applies(estate, request, statement))
      .map((statement) => reachOf(estate, statement, caller))
      .filter((reach) => reach !== "no");

  // Explicit denies.
  if (documents.some((document) => says(estate, request, document, "Deny"))) return false;
  if (says(estate, request, boundary, "Deny")) return false;
  const passes =
    root && same && ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"].includes(action);
  if (!passes && reaches("Deny").length > 0) return false;

  // Limits of the organisation and of services.
  const linked = caller.includes(":role/aws-service-role/");
  if (ours && !linked && !organizationAllows(estate, request, own, "scp")) return false;
  if (
    !linked &&
    owner in (estate.accounts ?? {}) &&
    !action.startsWith("iam:") &&
    !organizationAllows(estate, request, owner, "rcp")
  )
    return false;
  if (root && ours && action === "sts:AssumeRole") return false;
  const ownerOnly = ["s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:DeleteBucketPolicy"].includes(action);
  if (!same && (ownerOnly || action.startsWith("iam:"))) return false;
  if (action.startsWith("iam:") && resource.includes(":role/aws-service-role/")) return false;

  // Grants.
  const named = reaches("Allow");
  if (!ours) return named.length > 0;
  const identity = root || documents.some((document) => says(estate, request, document, "Allow"));
  const within = boundary === undefined || says(estate, request, boundary, "Allow");
  const limited = identity && within;
  if (!same) return limited && named.length > 0;
  if (named.includes("any") || named.includes("user") || (named.includes("role") && within)) return true;
  return limited && (trust || key ? named.length > 0 : true);
}
