/** One change of `remit.change/1`, as JSON has it. */
export type JsonChange = Readonly<Record<string, unknown>>;

export interface ChangeField {
  /** Empty: the change is this value alone. */
  readonly name: string;
  readonly label: string;
  /** What of the estate is named, so that it can be looked up. */
  readonly thing?: "identity" | "resource" | "credential";
  /** How the text becomes a value; `value`: true, 4, null or a word. */
  readonly as?: "text" | "list" | "object" | "value" | "number";
  readonly optional?: true;
  readonly example?: string;
}

export interface ChangeKind {
  readonly kind: string;
  readonly label: string;
  readonly fields: readonly ChangeField[];
}

const statement: readonly ChangeField[] = [
  { name: "principal", label: "Identity whose policy it is", thing: "identity", optional: true },
  { name: "resource", label: "or resource whose policy it is", thing: "resource", optional: true },
  { name: "policy", label: "Policy", optional: true, example: "inline/NAME, trust or an ARN" },
  { name: "sid", label: "Sid of the statement", optional: true },
  { name: "index", label: "or its number, from 0", as: "number", optional: true },
];
const condition: ChangeField = {
  name: "condition",
  label: "Condition, as JSON",
  as: "object",
  example: '{ "StringEquals": { "aws:PrincipalOrgID": "o-acme" } }',
};
const document: ChangeField = {
  name: "document",
  label: "Policy document, as JSON",
  as: "object",
  example: '{ "Version": "2012-10-17", "Statement": [] }',
};
const one = (label: string, thing?: ChangeField["thing"], example?: string): readonly ChangeField[] => [
  {
    name: "",
    label,
    ...(thing === undefined ? {} : { thing }),
    ...(example === undefined ? {} : { example }),
  },
];
const role: ChangeField = { name: "role", label: "Role", thing: "identity" };

/** Every change that a what-if takes (docs/changes.md), those that are asked most first. Plans are pasted whole. */
export const changeKinds: readonly ChangeKind[] = [
  { kind: "revoke", label: "delete a credential", fields: one("Credential", "credential") },
  {
    kind: "rotate",
    label: "give a credential a new value",
    fields: one("Credential or secret", "credential"),
  },
  { kind: "disablePrincipal", label: "disable an identity", fields: one("Identity", "identity") },
  { kind: "revokeSessions", label: "end the sessions of a role", fields: one("Role", "identity") },
  {
    kind: "set",
    label: "set a property",
    fields: [
      { name: "on", label: "Resource", thing: "resource" },
      { name: "property", label: "Property", example: "publicAccessBlock.BlockPublicPolicy" },
      { name: "to", label: "becomes", as: "value", example: "true" },
    ],
  },
  {
    kind: "removeTrust",
    label: "no longer trust somebody",
    fields: [role, { name: "principal", label: "who is trusted", example: "an ARN or aws:ACCOUNT" }],
  },
  { kind: "tightenTrust", label: "tighten a trust", fields: [role, condition] },
  {
    kind: "justInTime",
    label: "make a role just in time",
    fields: [
      role,
      { name: "from", label: "who may ask", example: "saml:okta" },
      { name: "maxHours", label: "for at most so many hours", as: "number", optional: true, example: "4" },
    ],
  },
  { kind: "removeStatement", label: "remove a statement", fields: statement },
  {
    kind: "narrowStatement",
    label: "narrow a statement",
    fields: [
      ...statement,
      { name: "actions", label: "Actions that stay", as: "list", optional: true, example: "s3:GetObject" },
      { name: "resources", label: "Resources that stay", as: "list", optional: true },
    ],
  },
  { kind: "addCondition", label: "add a condition", fields: [...statement, condition] },
  {
    kind: "addStatement",
    label: "add a policy",
    fields: [
      { name: "principal", label: "to the identity", thing: "identity", optional: true },
      { name: "resource", label: "or to the resource", thing: "resource", optional: true },
      { name: "policy", label: "Name", optional: true },
      document,
    ],
  },
  {
    kind: "removeAttachment",
    label: "detach a policy",
    fields: [
      { name: "principal", label: "Identity", thing: "identity" },
      { name: "policy", label: "Policy, by its ARN" },
    ],
  },
  {
    kind: "removeMembership",
    label: "leave a group",
    fields: [
      { name: "principal", label: "Identity", thing: "identity" },
      { name: "group", label: "Group", thing: "identity" },
    ],
  },
  {
    kind: "removeConsent",
    label: "withdraw a consent",
    fields: [
      { name: "app", label: "Application", thing: "identity" },
      { name: "scopes", label: "Scopes", as: "list" },
    ],
  },
  {
    kind: "addGuardrail",
    label: "add an organisation policy",
    fields: [
      { name: "kind", label: "scp or rcp", example: "scp" },
      { name: "target", label: "Root, OU or account", example: "ou-1" },
      { name: "name", label: "Name", optional: true },
      document,
    ],
  },
  {
    kind: "federate",
    label: "replace a key by a federated role",
    fields: [
      { name: "credential", label: "Credential", thing: "credential" },
      { name: "role", label: "Role that takes its place", thing: "identity", optional: true },
      { name: "provider", label: "Provider, by its ARN", optional: true },
      { ...condition, optional: true },
    ],
  },
  { kind: "requireMfa", label: "require a second factor", fields: one("Identity", "identity") },
  {
    kind: "replaceCode",
    label: "change what code declares",
    fields: [
      { name: "address", label: "Address", example: "aws_s3_bucket_policy.exports" },
      {
        name: "set",
        label: "What it declares then, as JSON",
        as: "object",
        example: '{ "policy": null }',
      },
    ],
  },
  {
    kind: "upgrade",
    label: "upgrade a component",
    fields: [
      { name: "component", label: "Package URL", example: "pkg:npm/x" },
      { name: "to", label: "to version" },
    ],
  },
  {
    kind: "pin",
    label: "pin an action to a commit",
    fields: [
      { name: "uses", label: "Action", example: "x/y" },
      { name: "commit", label: "Commit" },
    ],
  },
  { kind: "isolate", label: "isolate a workload", fields: one("Workload", undefined, "workload:etl") },
];

export type Composed =
  | { readonly kind: "change"; readonly change: JsonChange }
  | { readonly kind: "wrong"; readonly field: string; readonly text: string };

/** The change that a filled form means, or the first field that means nothing. */
export function composed({ kind, fields }: ChangeKind, typed: Readonly<Record<string, string>>): Composed {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const text = (typed[field.name] ?? "").trim();
    if (text === "") {
      if (field.optional === true) continue;
      return { kind: "wrong", field: field.name, text: `${field.label}: nothing was written` };
    }
    const value = valueOf(field, text);
    if (value === undefined)
      return { kind: "wrong", field: field.name, text: `${field.label}: \`${text}\` ${wanted(field)}` };
    values[field.name] = value;
  }
  if (kind === "set")
    return {
      kind: "change",
      change: { set: `${String(values["on"])}#${String(values["property"])}`, to: values["to"] },
    };
  return { kind: "change", change: { [kind]: "" in values ? values[""] : values } };
}

const wanted = ({ as }: ChangeField): string =>
  as === "number" ? "is no number" : "is no JSON object: write it in braces, with its names in quotes";

function valueOf({ as = "text" }: ChangeField, text: string): unknown {
  if (as === "text") return text;
  if (as === "list") return text.split(/[\s,]+/).filter((part) => part !== "");
  if (as === "number") return Number.isFinite(Number(text)) ? Number(text) : undefined;
  const read = jsonOf(text);
  if (as === "object") return isObject(read) ? read : undefined;
  return read === undefined ? text : read;
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is JsonChange =>
  typeof value === "object" && value !== null && !Array.isArray(value);
