import {
  parsePolicyDocument,
  principalId,
  resourceId,
  resourceProperties,
  type Definition,
  type JsonValue,
  type Resource,
} from "../../estate/index.js";
import type { Change } from "./change.js";
import type { Draft } from "./draft.js";
import { changeOrigin } from "./place.js";
import type { Refusal } from "./policies.js";

type Of<Kind extends Change["kind"]> = Extract<Change, { readonly kind: Kind }>;

export function set(draft: Draft, { resource: id, property, to }: Of<"set">, at: number): Refusal {
  const resource = draft.resource(id) ?? accountAsResource(draft, id, at);
  if (resource === undefined) return `the estate holds no resource \`${id}\``;
  if (property === "policy") return setPolicy(draft, resource, to, at);
  if (!knows(resource, property)) {
    return `a \`${resource.kind}\` has no property \`${property}\`: \`remit schema estate\` names them`;
  }
  draft.putResource({
    ...resource,
    properties: new Map([...resource.properties, [property, { value: to, origin: changeOrigin(at) }]]),
  });
  return undefined;
}

function setPolicy(draft: Draft, resource: Resource, to: JsonValue, at: number): Refusal {
  if (to === null) {
    draft.putResource({ ...resource, policies: new Map() });
    return undefined;
  }
  const { document, problems } = parsePolicyDocument(to);
  const [problem] = problems;
  if (document === undefined || problem !== undefined)
    return `the policy for \`${resource.id}\`${problem === undefined ? "" : ` at \`${problem.pointer}\``}: ${problem?.reason ?? "is no policy"}`;
  const use = { name: "resource policy", document, origin: changeOrigin(at) };
  draft.putResource({ ...resource, policies: new Map([...(resource.policies ?? []), ["", use]]) });
  return undefined;
}

/** Property names of some kinds end in a Region; what a document stated is known whatever the vocabulary says. */
function knows({ kind, properties }: Resource, property: string): boolean {
  if (properties.has(property)) return true;
  const table = new Map<string, object>(Object.entries(resourceProperties)).get(kind);
  if (table === undefined) return true;
  const general = property.replace(/\.[a-z]{2}(-[a-z]+)+-\d$/, ".REGION");
  return Object.hasOwn(table, property) || Object.hasOwn(table, general);
}

/** Switches of an account are properties of the account itself, which no document may have listed as a resource. */
function accountAsResource(draft: Draft, id: Resource["id"], at: number): Resource | undefined {
  const account = draft.base.accounts.find((item) => item.id === (id as string));
  if (account === undefined) return undefined;
  return {
    id,
    kind: "aws:account",
    account: account.id,
    name: account.name ?? id,
    properties: new Map(),
    tags: {},
    origin: changeOrigin(at),
  };
}

export function addGuardrail(draft: Draft, change: Of<"addGuardrail">, at: number): Refusal {
  const { type, target, name, document } = change;
  const node = target.replace(/^aws:/, "");
  const organization = draft.list("organizations").find((item) => item.nodes.some(({ id }) => id === node));
  if (organization === undefined)
    return `no organisation of the estate holds \`${target}\`: name a root, a unit or an account of it`;
  const enabled = organization.enabledPolicyTypes;
  if (enabled !== undefined && !enabled.includes(type))
    return `${type === "scp" ? "service" : "resource"} control policies are not enabled in \`${organization.id}\`: enable the type first`;
  draft.addOrganizationPolicy(organization, {
    id: name,
    type,
    name,
    awsManaged: false,
    use: { name, document, origin: changeOrigin(at) },
    targets: [node],
    origin: changeOrigin(at),
  });
  return undefined;
}

export function replaceCode(draft: Draft, { address, set: values }: Of<"replaceCode">): Refusal {
  const definitions = draft.list("definitions");
  if (!definitions.some((item) => item.address === address)) return `no code defines \`${address}\``;
  draft.putList(
    "definitions",
    definitions.map((item) => (item.address === address ? declaring(item, values) : item)),
  );
  return undefined;
}

function declaring(definition: Definition, values: Readonly<Record<string, JsonValue>>): Definition {
  const declares = new Map(definition.declares);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) declares.delete(name);
    else declares.set(name, value);
  }
  return { ...definition, declares };
}

/** What a plan sets stands in the code and in the resource afterwards; what it destroys is defined no longer. */
export function terraformPlan(draft: Draft, { path, definitions }: Of<"terraformPlan">, at: number): Refusal {
  if (definitions.length === 0) return `\`${path}\` changes nothing that an estate can hold`;
  const planned = new Map(definitions.map((item) => [item.address, item]));
  const before = draft.list("definitions");
  const known = new Set(before.map(({ address }) => address));
  const merged = [
    ...before.flatMap((item) => planned.get(item.address) ?? [item]),
    ...definitions.filter(({ address }) => !known.has(address)),
  ].filter(({ status }) => status !== "destroyed");
  draft.putList("definitions", merged);
  for (const definition of definitions) {
    const target = definition.target ?? before.find(({ address }) => address === definition.address)?.target;
    if (target === undefined) continue;
    if (definition.status !== "destroyed") applyDeclared(draft, target, definition, at);
    else if (policyAlone.has(definition.resourceType) && draft.resource(target) !== undefined)
      set(draft, { kind: "set", resource: target, property: "policy", to: null }, at);
  }
  return undefined;
}

/** Destroying one of these takes the whole resource policy away and leaves the resource (Terraform AWS provider). */
const policyAlone = new Set([
  "aws_s3_bucket_policy",
  "aws_sqs_queue_policy",
  "aws_ecr_repository_policy",
  "aws_secretsmanager_secret_policy",
]);

function applyDeclared(draft: Draft, target: Resource["id"], definition: Definition, at: number): void {
  const role = draft.principal(principalId(target));
  const trust = definition.declares.get("trustPolicy");
  if (role?.trustPolicy !== undefined && trust !== undefined) {
    const { document } = parsePolicyDocument(trust);
    if (document !== undefined)
      draft.putPrincipal({
        ...role,
        trustPolicy: { ...role.trustPolicy, document, origin: changeOrigin(at) },
      });
  }
  for (const [property, to] of definition.declares) {
    if (property === "trustPolicy") continue;
    const resource = draft.resource(target);
    if (resource !== undefined && (property === "policy" || knows(resource, property)))
      set(draft, { kind: "set", resource: target, property, to }, at);
  }
}

export function upgrade(draft: Draft, { component, to }: Of<"upgrade">): Refusal {
  const name = (purl: string): string => purl.replace(/[@?#].*$/, (rest) => rest.replace(/^@[^?#]*/, ""));
  const workloads = draft.list("workloads");
  if (!workloads.some(({ components }) => components.some((item) => name(item) === name(component))))
    return `no workload of the estate holds \`${component}\``;
  draft.putList(
    "workloads",
    workloads.map((item) => ({
      ...item,
      components: item.components.map((own) => (name(own) === name(component) ? `${name(own)}@${to}` : own)),
    })),
  );
  return undefined;
}

export function pin(draft: Draft, { uses, commit }: Of<"pin">): Refusal {
  if (!/^[0-9a-f]{40}$/.test(commit)) return `\`${commit}\` is no commit: write its 40 hexadecimal digits`;
  const pipelines = draft.list("pipelines");
  const isNamed = (ref: string): boolean => ref === uses || ref.startsWith(`${uses}@`);
  if (!pipelines.some((item) => item.uses.some(({ ref }) => isNamed(ref))))
    return `no pipeline of the estate uses \`${uses}\``;
  draft.putList(
    "pipelines",
    pipelines.map((item) => ({
      ...item,
      uses: item.uses.map((own) => (isNamed(own.ref) ? { ref: `${uses}@${commit}`, pinned: true } : own)),
    })),
  );
  return undefined;
}

export function isolate(draft: Draft, { workload: asked }: Of<"isolate">, at: number): Refusal {
  const id = asked.replace(/^workload:/, "");
  const workload = draft.list("workloads").find((item) => item.id === id);
  if (workload === undefined) return `the estate holds no workload \`${asked}\``;
  draft.putList(
    "workloads",
    draft.list("workloads").map((item) => (item === workload ? { ...item, exposed: false } : item)),
  );
  for (const resource of [...workload.resources, resourceId(`workload:${id}`)])
    if (draft.resource(resource)?.properties.has("internetReachable") === true)
      set(draft, { kind: "set", resource, property: "internetReachable", to: false }, at);
  return undefined;
}
