import { principalId } from "../../core/estate/index.js";
import {
  draftReading,
  isRecord,
  listOf,
  textOf,
  textsOf,
  type Draft,
  type JsonRecord,
  type Place,
} from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { isAuthMap, manifestObjects, readAuthMap } from "./aws-auth.js";
import { applyCluster } from "./cluster.js";

type Read = (value: JsonRecord, draft: Draft) => void;

/** Answers of `aws eks`, and the `aws-auth` map of a cluster. */
export const eksReader: EstateReader = {
  kind: "aws-eks",
  title: "EKS cluster access",
  recognises: (document) =>
    isRecord(document.value) &&
    (answers.some(([matches]) => isRecord(document.value) && matches(document.value)) ||
      manifestObjects(document).some(isAuthMap)),
  read(document, context) {
    const draft = draftReading(context);
    const { value } = document;
    if (!isRecord(value)) return draft.reading();
    const answer = answers.find(([matches]) => matches(value));
    if (answer !== undefined) answer[1](value, draft);
    else {
      const objects = manifestObjects(document);
      if (objects.length > 1) draft.count("objects", objects.length);
      for (const object of objects) if (isAuthMap(object)) readAuthMap(object, draft, draft.root);
    }
    return draft.reading();
  },
};

const has = (value: unknown, ...keys: string[]): value is JsonRecord =>
  isRecord(value) && keys.every((key) => key in value);

const answers: readonly (readonly [(value: JsonRecord) => boolean, Read])[] = [
  [
    (value) => has(value["cluster"], "arn", "name"),
    (value, draft) => {
      const cluster = value["cluster"];
      const arn = isRecord(cluster) ? textOf(cluster["arn"]) : undefined;
      if (!isRecord(cluster) || arn === undefined) return;
      const place = draft.root.at("cluster");
      applyCluster(
        draft.resource(arn, { kind: "eks:cluster", name: textOf(cluster["name"]) ?? "" }, place),
        cluster,
        place,
      );
      draft.count("clusters");
    },
  ],
  [
    (value) => has(value["accessEntry"], "principalArn"),
    (value, draft) => {
      const entry = value["accessEntry"];
      if (!isRecord(entry)) return;
      draft.count("entries");
      const from = textOf(entry["principalArn"]) ?? "";
      const cluster = textOf(entry["clusterName"]) ?? "";
      const place = draft.root.at("accessEntry");
      for (const group of textsOf(entry["kubernetesGroups"]))
        trust(draft, place, from, `kubernetes:group/${cluster}/${group}`);
    },
  ],
  [
    (value) => Array.isArray(value["accessEntries"]),
    (value, draft) => {
      draft.count("accessEntries", listOf(value["accessEntries"]).length);
    },
  ],
  [
    (value) => Array.isArray(value["associatedAccessPolicies"]) && typeof value["principalArn"] === "string",
    (value, draft) => {
      const holder = textOf(value["principalArn"]) ?? "";
      const cluster = textOf(value["clusterName"]) ?? "";
      listOf(value["associatedAccessPolicies"]).forEach((item, index) => {
        const policy = isRecord(item) ? textOf(item["policyArn"]) : undefined;
        if (!isRecord(item) || policy === undefined) return;
        draft.count("associatedAccessPolicies");
        const scope = isRecord(item["accessScope"]) ? item["accessScope"] : {};
        const namespaces = scope["type"] === "namespace" ? textsOf(scope["namespaces"]) : [];
        draft.add("grants", {
          id: `eks-access-policy:${cluster}:${holder}:${policy}`,
          holder: principalId(holder),
          effect: "Allow",
          actions: [`kubernetes:access-policy/${policy.slice(policy.lastIndexOf("/") + 1)}`],
          resources:
            namespaces.length === 0
              ? [`kubernetes:cluster/${cluster}`]
              : namespaces.map((name) => `kubernetes:namespace/${cluster}/${name}`),
          origin: draft.root.at("associatedAccessPolicies", index).origin,
        });
      });
    },
  ],
  [
    (value) => has(value["association"], "serviceAccount", "clusterName"),
    (value, draft) => {
      const item = value["association"];
      if (!isRecord(item)) return;
      draft.count("associations");
      const role = textOf(item["roleArn"]);
      const place = draft.root.at("association");
      if (role === undefined) {
        draft.reject(place, "this association does not name its role", {
          hint: "supply `describe-pod-identity-association`",
        });
        return;
      }
      trust(draft, place, serviceAccountOf(item), role);
    },
  ],
  [
    (value) =>
      Array.isArray(value["associations"]) &&
      listOf(value["associations"]).every((item) => has(item, "serviceAccount", "associationArn")),
    (value, draft) => {
      listOf(value["associations"]).forEach((item, index) => {
        draft.count("associations");
        // The list leaves the role out; a tool may have joined it.
        const role = isRecord(item) ? textOf(item["roleArn"]) : undefined;
        if (isRecord(item) && role !== undefined)
          trust(draft, draft.root.at("associations", index), serviceAccountOf(item), role);
      });
    },
  ],
];

const serviceAccountOf = (item: JsonRecord): string =>
  `kubernetes:serviceaccount/${textOf(item["clusterName"]) ?? ""}/${textOf(item["namespace"]) ?? ""}/${textOf(item["serviceAccount"]) ?? ""}`;

function trust(draft: Draft, place: Place, from: string, to: string): void {
  draft.add("trusts", {
    id: `eks:${from}->${to}`,
    from,
    to: principalId(to),
    kind: "principal",
    externalId: "unknown",
    origin: place.origin,
  });
}
