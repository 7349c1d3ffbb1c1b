import { errorAnswer } from "../aws-error/index.js";
import { isObject, member, pointerStep, text } from "../json-value.js";

/** One answer of the Organizations API and what it was asked about, where the document tells. */
export interface Call {
  readonly answer: Readonly<Record<string, unknown>>;
  readonly pointer: string;
  /** An id of a root, unit, account or policy, or a policy type: the key under which an assembled document keeps the answer. */
  readonly subject?: string;
}

/** Names of the CLI commands under which an assembled document keeps their answers. */
const commands = new Set([
  "describe-organization",
  "describe-policy",
  "describe-resource-policy",
  "list-accounts",
  "list-accounts-for-parent",
  "list-children",
  "list-delegated-administrators",
  "list-delegated-services-for-account",
  "list-organizational-units-for-parent",
  "list-parents",
  "list-policies",
  "list-policies-for-target",
  "list-roots",
  "list-targets-for-policy",
]);

const answerKeys = [
  "Organization",
  "Roots",
  "OrganizationalUnits",
  "Accounts",
  "Children",
  "Parents",
  "Policies",
  "Policy",
  "Targets",
  "DelegatedAdministrators",
  "DelegatedServices",
  "ResourcePolicy",
] as const;

const idForm =
  /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12}|p-[0-9a-zA-Z_]{8,128}|[A-Z0-9_]+_POLICY(?:_EC2)?)$/;

/** All answers in a document: one, a list of pages, or an object of answers under their command's name. */
export function callsOf(value: unknown): readonly Call[] {
  const calls: Call[] = [];
  collect(value, "", undefined, false, calls, 0);
  return calls;
}

function collect(
  value: unknown,
  pointer: string,
  subject: string | undefined,
  named: boolean,
  calls: Call[],
  depth: number,
): void {
  if (depth > 3) return;
  if (isObject(value) && isAnswer(value, named)) {
    calls.push({ answer: value, pointer, ...(subject === undefined ? {} : { subject }) });
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      collect(item, pointer + pointerStep(index), subject, named, calls, depth + 1);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, child] of Object.entries(value)) {
    const isCommand = commands.has(key);
    if (!named && !isCommand) continue;
    collect(child, pointer + pointerStep(key), idForm.test(key) ? key : subject, true, calls, depth + 1);
  }
}

/** By what the answer holds; under a command's name an empty list is an answer too. */
function isAnswer(value: Readonly<Record<string, unknown>>, named: boolean): boolean {
  if (named) return answerKeys.some((key) => Object.hasOwn(value, key)) || hasNoDelegation(value);
  const first = (key: string): unknown => {
    const list = member(value, key);
    return Array.isArray(list) ? (list[0] as unknown) : undefined;
  };
  const nodeType = /^(?:ACCOUNT|ORGANIZATIONAL_UNIT|ROOT)$/;
  return (
    text(member(value, "Organization"), "Id")?.startsWith("o-") === true ||
    text(first("Roots"), "Id")?.startsWith("r-") === true ||
    text(first("OrganizationalUnits"), "Id")?.startsWith("ou-") === true ||
    text(first("Accounts"), "Arn")?.includes(":organizations:") === true ||
    nodeType.test(text(first("Children"), "Type") ?? "") ||
    nodeType.test(text(first("Parents"), "Type") ?? "") ||
    /_POLICY(?:_EC2)?$/.test(text(first("Policies"), "Type") ?? "") ||
    isObject(member(member(value, "Policy"), "PolicySummary")) ||
    isObject(member(member(value, "ResourcePolicy"), "ResourcePolicySummary")) ||
    text(first("Targets"), "TargetId") !== undefined ||
    text(first("DelegatedAdministrators"), "Arn")?.includes(":organizations:") === true ||
    (text(first("DelegatedServices"), "ServicePrincipal") !== undefined &&
      member(first("DelegatedServices"), "DelegationEnabledDate") !== undefined)
  );
}

/** DescribeResourcePolicy answers with an error where the organisation has delegated nothing (Organizations API reference). */
export const hasNoDelegation = (value: unknown): boolean =>
  errorAnswer(value)?.code === "ResourcePolicyNotFoundException";

/** What a saved answer was asked about, from the name of its file: `list-parents-111122223333.json`. */
export function subjectOfPath(path: string, form: RegExp): string | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.[A-Za-z0-9.]+$/, "");
  return form.exec(name)?.[0];
}

export const policyForm = /(?<![a-zA-Z0-9])p-[0-9a-zA-Z]{8,128}/;
export const nodeForm =
  /(?<![a-z0-9])(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})(?![a-z0-9])|(?<!\d)\d{12}(?!\d)/;
export const parentForm = /(?<![a-z0-9])(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})(?![a-z0-9])/;
