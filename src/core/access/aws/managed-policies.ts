/**
 * The documents of AWS managed policies, for estates whose documents name such a policy but do not hold it. They are the
 * default versions as of `version`: AWS changes them at will, so a proof that rests on one says so.
 */
export interface ManagedPolicyReference {
  /** Day of the source, `2026-08-22`. */
  readonly version: string;
  /** sha256, hex, of the data file, where it was read from one. */
  readonly digest?: string;
  /** Names with their path (`AdministratorAccess`, `service-role/AWSLambdaRole`), sorted. */
  readonly names: readonly string[];
  /**
   * The policy document of an AWS managed policy's ARN in any partition: `{Version, Statement: [...]}`, without Sids and
   * with sorted actions. ARNs inside it are given in the partition that was asked for. Undefined when `arn` is not that of
   * an AWS managed policy or the policy is not known.
   */
  document(arn: string): ManagedPolicyDocument | undefined;
}

export interface ManagedPolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly ManagedPolicyStatement[];
}

export interface ManagedPolicyStatement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: PolicyConditions;
}

/** operator -> key -> a value or a list of values, as the policy writes them. */
export type PolicyConditions = Readonly<Record<string, Readonly<Record<string, ConditionValue>>>>;

export type ConditionValue = string | boolean | number | readonly (string | boolean | number)[];

/** Content of `data/aws-managed-policies.json`. */
export interface RawManagedPolicies {
  readonly version: string;
  /** Action names and patterns: service -> names parted by commas; "" holds `*`. Numbered through in this order. */
  readonly actions: Readonly<Record<string, string>>;
  readonly resources: readonly string[];
  /** `[operator, key, value]` */
  readonly conditions: readonly (readonly [string, string, ConditionValue])[];
  /**
   * name -> statements `ACTIONS|RESOURCES[|CONDITIONS]`, each part a list of numbers in base 36 parted by spaces. ACTIONS
   * begins with `+` for Allow or `-` for Deny, then `!` for NotAction; its numbers are steps from the number before.
   * RESOURCES begins with `!` for NotResource.
   */
  readonly policies: Readonly<Record<string, readonly string[]>>;
}

const awsManaged = /^arn:(aws[a-z-]*):iam::aws:policy\/(.+)$/;

/** Builds the reference; a document is unpacked when it is first asked for. */
export function buildManagedPolicyReference(
  raw: RawManagedPolicies,
  digest?: string,
): ManagedPolicyReference {
  let actions: readonly string[] | undefined;
  const unpacked = new Map<string, ManagedPolicyDocument>();
  return {
    version: raw.version,
    ...(digest === undefined ? {} : { digest }),
    names: Object.keys(raw.policies),
    document(arn) {
      const [, partition, name] = awsManaged.exec(arn) ?? [];
      if (partition === undefined || name === undefined || !Object.hasOwn(raw.policies, name))
        return undefined;
      const key = `${partition}/${name}`;
      const known = unpacked.get(key);
      if (known !== undefined) return known;
      actions ??= actionNames(raw);
      const tables = { actions, resources: raw.resources, conditions: raw.conditions };
      const fresh: ManagedPolicyDocument = {
        Version: "2012-10-17",
        Statement: (raw.policies[name] ?? []).map((packed) => statement(packed, tables, partition)),
      };
      unpacked.set(key, fresh);
      return fresh;
    },
  };
}

interface Tables extends Pick<RawManagedPolicies, "resources" | "conditions"> {
  readonly actions: readonly string[];
}

function actionNames(raw: RawManagedPolicies): readonly string[] {
  return Object.entries(raw.actions).flatMap(([service, names]) =>
    names.split(",").map((name) => (service === "" ? name : `${service}:${name}`)),
  );
}

function statement(packed: string, tables: Tables, partition: string): ManagedPolicyStatement {
  const [head = "", targets = "", tests = ""] = packed.split("|");
  const notAction = head.charAt(1) === "!";
  let number = 0;
  const actions = numbers(head.slice(notAction ? 2 : 1)).map((step) => at(tables.actions, (number += step)));
  const notResource = targets.startsWith("!");
  const resources = numbers(notResource ? targets.slice(1) : targets).map((n) =>
    inPartition(at(tables.resources, n), partition),
  );
  return {
    Effect: head.startsWith("+") ? "Allow" : "Deny",
    ...(notAction ? { NotAction: actions } : { Action: actions }),
    ...(notResource ? { NotResource: resources } : { Resource: resources }),
    ...(tests !== "" && { Condition: conditions(tests, tables, partition) }),
  };
}

function conditions(tests: string, tables: Tables, partition: string): PolicyConditions {
  const found: Record<string, Record<string, ConditionValue>> = {};
  for (const number of numbers(tests)) {
    const [operator, key, value] = at(tables.conditions, number);
    const keys = (found[operator] ??= {});
    keys[key] = translated(value, partition);
  }
  return found;
}

function translated(value: ConditionValue, partition: string): ConditionValue {
  if (typeof value === "string") return inPartition(value, partition);
  if (typeof value !== "object") return value;
  return value.map((each) => (typeof each === "string" ? inPartition(each, partition) : each));
}

/** The source is that of the `aws` partition; in the others AWS publishes the same policy with their own ARNs. */
function inPartition(text: string, partition: string): string {
  return partition !== "aws" && text.startsWith("arn:aws:") ? `arn:${partition}:${text.slice(8)}` : text;
}

function numbers(text: string): number[] {
  return text === "" ? [] : text.split(" ").map((number) => parseInt(number, 36));
}

/** The data file is generated and tested as a whole: a number that points nowhere is a broken build, not bad input. */
function at<T>(list: readonly T[], number: number): T {
  const value = list[number];
  if (value === undefined) throw new RangeError(`the managed policy data is damaged: no entry ${number}`);
  return value;
}
