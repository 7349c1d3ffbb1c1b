import type {
  ConditionClause,
  PatternList,
  PolicyDocument,
  PolicyUse,
  PrincipalElement,
  Statement,
} from "./policy-document.js";
import type { Origin } from "./provenance.js";
import { none, sharedActions, statementPointer } from "./shared-lists.js";

/** A fault in a policy document; `pointer` is a JSON Pointer inside that document. */
export interface PolicyProblem {
  readonly pointer: string;
  readonly reason: string;
}

export interface ParsedPolicy {
  /** `undefined` when nothing of the document may be believed. */
  readonly document: PolicyDocument | undefined;
  readonly problems: readonly PolicyProblem[];
}

/** Bounds on one document; AWS's own quotas are far below them (10,240 characters for a role's inline policies). */
export const policyLimits = { statements: 10_000, patterns: 100_000 } as const;

type Json = Readonly<Record<string, unknown>>;

const documentElements = new Set(["Version", "Id", "Statement"]);
const statementElements = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);
const principalTypes = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

/**
 * Reads an IAM policy document in any of the forms in which AWS hands it out: an object, a JSON string, or a
 * string that is percent-encoded after RFC 3986 (IAM's Query API; `+` stands for itself). Scalars are accepted
 * wherever the grammar allows a list (AWS, "Grammar of the IAM JSON policy language").
 *
 * Nothing is dropped in silence. A malformed `Allow` is left out and reported; a malformed `Deny` makes the
 * whole document unusable, because without it the document would seem to grant more, and with a guess at it
 * less, than it does.
 */
export function parsePolicyDocument(value: unknown): ParsedPolicy {
  const decoded = typeof value === "string" ? decodeText(value) : { value };
  if ("reason" in decoded) return unusable("", decoded.reason);
  const root = decoded.value;
  if (!isObject(root)) return unusable("", "a policy document must be an object");
  const problems: PolicyProblem[] = [];
  for (const key of Object.keys(root)) {
    if (!documentElements.has(key))
      problems.push({ pointer: pointerTo("", key), reason: `unknown element \`${clip(key)}\`` });
  }
  if (!Object.hasOwn(root, "Statement")) {
    return {
      document: undefined,
      problems: [...problems, { pointer: "", reason: "the policy has no `Statement`" }],
    };
  }
  const version = Object.hasOwn(root, "Version") ? root["Version"] : "2008-10-17";
  if (version !== "2012-10-17" && version !== "2008-10-17") {
    // What is no text is not turned into one: a document may hold a `toString` of its own.
    const reason =
      typeof version === "string"
        ? `unknown policy version \`${clip(version)}\``
        : "the policy version is no text";
    problems.push({ pointer: "/Version", reason });
    return { document: undefined, problems };
  }
  const raw = root["Statement"];
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  if (list.length > policyLimits.statements) {
    return unusable(
      "/Statement",
      `${String(list.length)} statements are more than the limit of ${policyLimits.statements}`,
    );
  }
  const statements: Statement[] = [];
  let patterns = 0;
  let usable = true;
  for (const [index, item] of list.entries()) {
    const pointer = Array.isArray(raw) ? statementPointer(index) : "/Statement";
    const result = parseStatement(item, pointer);
    problems.push(...result.problems);
    if (result.statement !== undefined) {
      statements.push(result.statement);
      patterns += countPatterns(result.statement);
    }
    if (!result.trusted) usable = false;
    if (patterns > policyLimits.patterns) {
      return unusable(pointer, `more than the limit of ${policyLimits.patterns} patterns in one policy`);
    }
  }
  return { document: usable ? { version, statements } : undefined, problems };
}

export interface DecodedPolicy {
  readonly use: PolicyUse | undefined;
  readonly problems: readonly PolicyProblem[];
}

/**
 * A policy where it stands. `origin` points at the value; for a policy that came as a string the pointers
 * below it are kept in `inner`, since they lead into the decoded text.
 */
export function decodePolicy(value: unknown, name: string, origin: Origin): DecodedPolicy {
  const { document, problems } = parsePolicyDocument(value);
  if (document === undefined) return { use: undefined, problems };
  const place: Origin = typeof value === "string" ? { ...origin, inner: "" } : origin;
  return { use: { name, document, origin: place }, problems };
}

function parseStatement(
  value: unknown,
  pointer: string,
): { statement: Statement | undefined; trusted: boolean; problems: PolicyProblem[] } {
  const problems: PolicyProblem[] = [];
  const fault: Fault = (at, reason) => {
    problems.push({ pointer: at, reason });
    return undefined;
  };
  if (!isObject(value)) {
    fault(pointer, "a statement must be an object");
    return { statement: undefined, trusted: false, problems };
  }
  for (const key of Object.keys(value)) {
    if (!statementElements.has(key))
      fault(pointerTo(pointer, key), `unknown element \`${clip(key)}\` in a statement`);
  }
  const effect = value["Effect"];
  if (effect !== "Allow" && effect !== "Deny") {
    const reason =
      effect === undefined
        ? "the statement has no `Effect`"
        : `unknown effect \`${clip(JSON.stringify(effect))}\``;
    fault(`${pointer}/Effect`, `${reason}: expected \`Allow\` or \`Deny\``);
    return { statement: undefined, trusted: false, problems };
  }
  const action = patternList(value, "Action", "NotAction", pointer, fault);
  if (action === undefined && problems.length === 0)
    fault(pointer, "the statement has neither `Action` nor `NotAction`");
  const resource = patternList(value, "Resource", "NotResource", pointer, fault);
  const principal = principalElement(value, pointer, fault);
  const conditions = conditionClauses(value, pointer, fault);
  // An unknown element beside sound ones leaves an Allow readable (at worst it grants less than it seems to).
  const sound = problems.every((problem) => problem.reason.startsWith("unknown element"));
  const trusted = effect === "Allow" || problems.length === 0;
  if (!sound || action === undefined) return { statement: undefined, trusted, problems };
  const sid = value["Sid"];
  const statement: Statement = {
    pointer,
    ...(typeof sid === "string" && sid !== "" ? { sid } : {}),
    effect,
    action: sharedActions(action),
    ...(resource === undefined ? {} : { resource }),
    ...(principal === undefined ? {} : { principal }),
    conditions,
  };
  return { statement, trusted, problems };
}

/** Notes a fault and stands for the value that could not be read. */
type Fault = <Item>(pointer: string, reason: string) => Item | undefined;

function patternList(
  value: Json,
  plain: string,
  negated: string,
  pointer: string,
  fault: Fault,
): PatternList | undefined {
  const hasPlain = Object.hasOwn(value, plain);
  const hasNegated = Object.hasOwn(value, negated);
  if (hasPlain && hasNegated) return fault(pointer, `the statement has both \`${plain}\` and \`${negated}\``);
  if (!hasPlain && !hasNegated) return undefined;
  const name = hasPlain ? plain : negated;
  const patterns = strings(value[name]);
  if (patterns === undefined)
    return fault(`${pointer}/${name}`, `\`${name}\` must be a string or a list of strings`);
  return { negated: hasNegated, patterns };
}

function principalElement(value: Json, pointer: string, fault: Fault): PrincipalElement | undefined {
  const negated = Object.hasOwn(value, "NotPrincipal");
  if (negated && Object.hasOwn(value, "Principal")) {
    return fault(pointer, "the statement has both `Principal` and `NotPrincipal`");
  }
  const name = negated ? "NotPrincipal" : "Principal";
  if (!Object.hasOwn(value, name)) return undefined;
  const raw = value[name];
  const nobody = { aws: none, service: none, federated: none, canonicalUser: none };
  // `Principal: "*"` and `{"AWS": "*"}` are equivalent (AWS, "AWS JSON policy elements: Principal").
  if (raw === "*") return { negated, any: true, ...nobody };
  if (!isObject(raw)) return fault(`${pointer}/${name}`, `\`${name}\` must be \`"*"\` or an object`);
  const lists = new Map<string, readonly string[]>();
  for (const key of Object.keys(raw)) {
    const list = strings(raw[key]);
    if (!principalTypes.has(key))
      return fault(pointerTo(`${pointer}/${name}`, key), `unknown principal type \`${clip(key)}\``);
    if (list === undefined) return fault(`${pointer}/${name}/${key}`, "principals must be strings");
    lists.set(key, list);
  }
  const aws = lists.get("AWS") ?? none;
  const any = aws.includes("*");
  return {
    negated,
    any,
    aws: any ? aws.filter((item) => item !== "*") : aws,
    service: lists.get("Service") ?? none,
    federated: lists.get("Federated") ?? none,
    canonicalUser: lists.get("CanonicalUser") ?? none,
  };
}

function conditionClauses(value: Json, pointer: string, fault: Fault): readonly ConditionClause[] {
  if (!Object.hasOwn(value, "Condition")) return none;
  const block = value["Condition"];
  if (!isObject(block))
    return fault<ConditionClause[]>(`${pointer}/Condition`, "`Condition` must be an object") ?? [];
  const clauses: ConditionClause[] = [];
  for (const operator of Object.keys(block)) {
    const at = pointerTo(`${pointer}/Condition`, operator);
    const keys = block[operator];
    if (!isObject(keys)) {
      fault(at, `the condition operator \`${clip(operator)}\` must hold an object of keys`);
      continue;
    }
    for (const key of Object.keys(keys)) {
      const values = conditionValues(keys[key]);
      if (values === undefined)
        fault(pointerTo(at, key), `the values of \`${clip(key)}\` must be strings, numbers or booleans`);
      else clauses.push({ operator, key, values });
    }
  }
  return clauses;
}

/** `Bool` and the numeric operators are often written without quotes; AWS stores and compares text. */
function conditionValues(value: unknown): readonly string[] | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const values: string[] = [];
  for (const item of list) {
    if (typeof item === "string") values.push(item);
    else if (typeof item === "number" || typeof item === "boolean") values.push(String(item));
    else return undefined;
  }
  return values;
}

function strings(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") return [value];
  if (!Array.isArray(value)) return undefined;
  return value.every((item) => typeof item === "string") ? value : undefined;
}

function countPatterns(statement: Statement): number {
  const { action, resource, principal, conditions } = statement;
  let count = action.patterns.length + (resource?.patterns.length ?? 0);
  if (principal !== undefined) {
    count +=
      principal.aws.length +
      principal.service.length +
      principal.federated.length +
      principal.canonicalUser.length;
  }
  for (const clause of conditions) count += clause.values.length;
  return count;
}

function decodeText(text: string): { value: unknown } | { reason: string } {
  let plain = text.trim();
  if (!plain.startsWith("{") && plain.includes("%")) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      return { reason: `the policy text is not valid percent-encoding: \`${clip(plain)}\`` };
    }
  }
  if (plain === "") return { reason: "the policy text is empty" };
  try {
    return { value: JSON.parse(plain) as unknown };
  } catch {
    return { reason: `the policy text is not JSON: \`${clip(plain)}\`` };
  }
}

const unusable = (pointer: string, reason: string): ParsedPolicy => ({
  document: undefined,
  problems: [{ pointer, reason }],
});

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const clip = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

/** JSON Pointer (RFC 6901): `~` and `/` in a key are escaped. */
function pointerTo(base: string, key: string): string {
  return `${base}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
