import { principalId, type Origin, type PrincipalId } from "../../core/estate/index.js";
import { draftReading, isRecord, listOf, textOf, type Draft, type JsonRecord } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { objectsOf } from "../yaml-documents.js";

const controllers = ["Deployment", "StatefulSet", "DaemonSet", "CronJob", "Job", "Pod"];
const others = ["Namespace", "ServiceAccount", "Service"];

/** Keys that name an owner, most precise first (a8r.io annotations; ownership.md 6a, Kubernetes). */
const ownerKeys = [
  "a8r.io/owner",
  "owner",
  "team",
  "app.kubernetes.io/owner",
  "app.kubernetes.io/team",
  "dd-team",
  "tags.datadoghq.com/team",
];

/** `kubectl get … -o json|yaml` and manifests: what runs, as which account, and who is written on it. */
export const kubernetesObjectsReader: EstateReader = {
  kind: "kubernetes-objects",
  title: "Kubernetes objects",
  recognises: (document) =>
    (document.format === "json" || document.format === "yaml" || document.format === "json-lines") &&
    objectsOf(document).objects.some(({ value }) => isObject(value)),
  read(document, context) {
    const draft = draftReading(context);
    const { objects, faults } = objectsOf(document);
    for (const { line, reason } of faults)
      draft.reject(draft.root, reason, { line, hint: "mend the object; the others of the file are used" });
    const read = objects
      .filter(({ value }) => isObject(value))
      .map(({ value, pointer, line }) => ({
        object: objectOf(value),
        origin: {
          ...draft.root.origin,
          ...(pointer === "" ? {} : { pointer }),
          ...(line === undefined ? {} : { line }),
        },
      }));
    const roles = new Map<string, PrincipalId>();
    const rooms = new Map<string, { readonly owner: Owner; readonly origin: Origin }>();
    for (const { object, origin } of read) {
      draft.count(object.kind.toLowerCase());
      const owner = ownerOf(object);
      if (object.kind === "Namespace" && owner !== undefined) rooms.set(object.name, { owner, origin });
      // IRSA: the annotation binds the account to the role that its pods assume.
      const role = textOf(object.annotations["eks.amazonaws.com/role-arn"]);
      if (
        object.kind !== "ServiceAccount" ||
        role === undefined ||
        !/^arn:[^:]+:iam::\d{12}:role\//.test(role)
      )
        continue;
      roles.set(`${object.namespace}/${object.name}`, principalId(role));
      if (owner !== undefined)
        state(draft, role, owner, `service account ${object.name}`, "annotation", origin);
    }
    for (const { object, origin } of read) {
      const room = rooms.get(object.namespace);
      if (object.kind === "ServiceAccount") {
        const role = roles.get(`${object.namespace}/${object.name}`);
        if (role !== undefined && room !== undefined)
          state(draft, role, room.owner, `namespace ${object.namespace}`, "namespace", room.origin);
      }
      if (!controllers.includes(object.kind)) continue;
      readWorkload(object, origin, draft, roles);
      const id = workloadId(object);
      const owner = ownerOf(object);
      if (owner !== undefined)
        state(draft, `workload:${id}`, owner, `${object.kind} ${object.name}`, "annotation", origin);
      if (room !== undefined)
        state(draft, `workload:${id}`, room.owner, `namespace ${object.namespace}`, "namespace", room.origin);
    }
    return draft.reading();
  },
};

const isObject = (value: JsonRecord): boolean =>
  typeof value["kind"] === "string" &&
  [...controllers, ...others].includes(value["kind"]) &&
  isRecord(value["metadata"]) &&
  typeof value["metadata"]["name"] === "string";

interface KubernetesObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: JsonRecord;
  readonly annotations: JsonRecord;
  /** The object that made this one: a pod of a Deployment is no workload of its own. */
  readonly madeBy?: string;
  readonly spec: JsonRecord;
}

function objectOf(value: JsonRecord): KubernetesObject {
  const metadata = isRecord(value["metadata"]) ? value["metadata"] : {};
  return {
    kind: String(value["kind"]),
    name: textOf(metadata["name"]) ?? "",
    namespace: textOf(metadata["namespace"]) ?? "default",
    labels: isRecord(metadata["labels"]) ? metadata["labels"] : {},
    annotations: isRecord(metadata["annotations"]) ? metadata["annotations"] : {},
    ...madeBy(metadata["ownerReferences"]),
    spec: isRecord(value["spec"]) ? value["spec"] : {},
  };
}

/** A ReplicaSet is named after its Deployment, with a hash behind; a Job of a CronJob with the time. */
function madeBy(references: unknown): { readonly madeBy?: string } {
  const [owner] = listOf(references).filter(isRecord);
  const name = owner === undefined ? undefined : textOf(owner["name"]);
  if (owner === undefined || name === undefined) return {};
  if (owner["kind"] === "ReplicaSet") return { madeBy: name.replace(/-[0-9a-z]{8,10}$/, "") };
  return {
    madeBy: owner["kind"] === "CronJob" || owner["kind"] === "Job" ? name.replace(/-\d{6,}$/, "") : name,
  };
}

interface Owner {
  readonly name: string;
  readonly key: string;
}

/** Annotations before labels: a label's value is short and often that of a chart. */
function ownerOf({ annotations, labels }: KubernetesObject): Owner | undefined {
  for (const values of [annotations, labels])
    for (const key of ownerKeys) {
      const name = textOf(values[key]);
      if (name !== undefined) return { name, key };
    }
  return undefined;
}

function state(
  draft: Draft,
  subject: string,
  owner: Owner,
  thing: string,
  kind: "annotation" | "namespace",
  origin: Origin,
): void {
  draft.add("ownerships", { kind, subject, owner: owner.name, source: `${owner.key} of ${thing}`, origin });
}

/** Label values of one application are shared by its parts, so the name alone is not unique in a cluster. */
const workloadId = (object: KubernetesObject): string =>
  `${object.namespace}/${object.madeBy ?? object.name}`;

function readWorkload(
  object: KubernetesObject,
  origin: Origin,
  draft: Draft,
  roles: ReadonlyMap<string, PrincipalId>,
): void {
  const pod = podSpecOf(object.spec);
  const account = textOf(pod["serviceAccountName"]) ?? textOf(pod["serviceAccount"]) ?? "default";
  const role = roles.get(`${object.namespace}/${account}`);
  draft.add("workloads", {
    id: workloadId(object),
    name: object.madeBy ?? object.name,
    runsAs: role === undefined ? [] : [role],
    resources: [],
    exposed: "unknown",
    components: [],
    facts: {},
    origin,
  });
}

/** `spec.template.spec`, `spec.jobTemplate.spec.template.spec`, or the pod's own. */
function podSpecOf(spec: JsonRecord): JsonRecord {
  const inner = (value: unknown, key: string): JsonRecord | undefined =>
    isRecord(value) && isRecord(value[key]) ? value[key] : undefined;
  const job = inner(inner(spec, "jobTemplate"), "spec");
  return inner(inner(job ?? spec, "template"), "spec") ?? spec;
}
