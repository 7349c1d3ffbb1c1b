import { maskText, type OwnerHint } from "../../core/findings/index.js";
import type { FindingsReader, FindingTranslation, TranslatedRow } from "../findings-reader.js";
import { isObject, member, objects, strings, text, type JsonObject } from "../json-value.js";
import { wizIssue } from "./issue.js";

/** Issues of Wiz: nodes of its GraphQL API, and what its webhook sends. */
export const wizIssues: FindingsReader = {
  kind: "wiz-issues",
  title: "Wiz issues",
  form: "json",
  about: {
    versions: "GraphQL `issues` and `issuesV2`; the default body of the issues webhook",
    envelopes:
      '`{"data": {"issues": {"nodes": […]}}}`; nodes as list or JSON lines; `{"trigger", "issue", "resource", "control"}`',
    reads: [
      "rule (`sourceRule`, `control`), status and resolution, severity, times, `entitySnapshot` by the provider's own id",
      "project owners and security champions, as hints on owners; tags",
    ],
    ignores: ["evidence query, notes, links, service tickets", "`vertexId`: it is Wiz's own"],
    fixture: "GraphQL nodes: written from the published schema, as no licensed sample exists",
  },
  asserts: "nothing",
  recognises: (record) => isNode(record) || isWebhook(record) || nodesOf(record) !== undefined,
  translate,
};

const isNode = (record: unknown): boolean =>
  isObject(member(record, "entitySnapshot")) && text(record, "status") !== undefined;

const isWebhook = (record: JsonObject): boolean =>
  isObject(member(record, "issue")) &&
  isObject(member(record, "control")) &&
  isObject(member(record, "resource"));

function nodesOf(
  record: JsonObject,
): { readonly nodes: readonly unknown[]; readonly pointer: string; readonly more: boolean } | undefined {
  const data = member(record, "data");
  for (const name of ["issuesV2", "issues"]) {
    const nodes = member(member(data, name), "nodes");
    if (Array.isArray(nodes)) {
      const info = member(member(member(data, name), "pageInfo"), "hasNextPage");
      return { nodes, pointer: `/data/${name}/nodes`, more: info === true };
    }
  }
  return undefined;
}

function translate(record: JsonObject): FindingTranslation {
  const list = nodesOf(record);
  if (list === undefined) return isNode(record) ? node(record) : webhook(record);
  const rows = list.nodes.map((each, index): TranslatedRow => {
    const pointer = `${list.pointer}/${index}`;
    return isObject(each) && isNode(each)
      ? { pointer, ...node(each) }
      : { pointer, reason: "the node has no `entitySnapshot` or no `status`" };
  });
  return { rows, ...(list.more ? { more: "pageInfo.hasNextPage" } : {}) };
}

function node(record: JsonObject): { readonly drafts: readonly ReturnType<typeof wizIssue>[] } {
  const entity = member(record, "entitySnapshot");
  const rule =
    objects(member(record, "sourceRule"))[0] ??
    objects(member(record, "sourceRules"))[0] ??
    member(record, "control");
  const tags = member(entity, "tags");
  const kind = text(record, "type");
  return {
    drafts: [
      wizIssue({
        id: text(record, "id"),
        rule: text(rule, "id"),
        title: text(rule, "name") ?? text(record, "name") ?? text(rule, "id") ?? "issue",
        detail: text(record, "description") ?? text(rule, "controlDescription") ?? text(rule, "description"),
        threat: kind === "THREAT_DETECTION",
        severity: text(record, "severity"),
        status: text(record, "status"),
        resolution: text(record, "resolutionReason"),
        resource: {
          platform: text(entity, "cloudPlatform"),
          externalId: text(entity, "providerId") ?? text(entity, "externalId"),
          type: text(entity, "nativeType") ?? text(entity, "type"),
          name: text(entity, "name"),
          subscription: text(entity, "subscriptionExternalId"),
          region: text(entity, "region"),
        },
        accountName: text(entity, "subscriptionName"),
        tags: isObject(tags) ? textsOf(tags) : {},
        seen: member(record, "statusChangedAt") ?? member(record, "updatedAt"),
        created: member(record, "createdAt"),
        hints: projectHints(record),
      }),
    ],
  };
}

function webhook(record: JsonObject): { readonly drafts: readonly ReturnType<typeof wizIssue>[] } {
  const issue = member(record, "issue");
  const control = member(record, "control");
  const resource = member(record, "resource");
  const id = text(control, "id");
  const projects = text(issue, "projects")?.split(",") ?? strings(member(issue, "projects"));
  return {
    drafts: [
      wizIssue({
        id: text(issue, "id"),
        rule: id,
        title: text(control, "name") ?? id ?? "issue",
        detail: text(control, "description"),
        // Ids of cloud event rules start with `cer-`: somebody was seen acting.
        threat: id?.startsWith("cer-") === true,
        severity: text(issue, "severity"),
        status: text(issue, "status"),
        resolution: text(issue, "resolutionReason"),
        resource: {
          platform: text(resource, "cloudPlatform"),
          externalId: text(resource, "id"),
          type: text(resource, "type"),
          name: text(resource, "name"),
          subscription: text(resource, "subscriptionId"),
          region: text(resource, "region"),
        },
        accountName: text(resource, "subscriptionName"),
        tags: {},
        seen: member(issue, "statusChangedAt"),
        created: member(issue, "created"),
        hints: projects.map((each) => ({ kind: "project", who: each.trim() })),
      }),
    ],
  };
}

/** Owners and champions of the projects that the resource belongs to; a project without any is named itself. */
function projectHints(record: JsonObject): readonly OwnerHint[] {
  return objects(member(record, "projects")).flatMap((project): OwnerHint[] => {
    const about = text(project, "name");
    const people = (name: string, kind: OwnerHint["kind"]): OwnerHint[] =>
      objects(member(project, name)).flatMap((person) => {
        const who = text(person, "email") ?? text(person, "name") ?? text(person, "id");
        return who === undefined
          ? []
          : [{ kind, who: maskText(who, 200), ...(about === undefined ? {} : { about }) }];
      });
    const named = [
      ...people("projectOwners", "project-owner"),
      ...people("securityChampions", "security-champion"),
    ];
    return named.length > 0 || about === undefined ? named : [{ kind: "project", who: about }];
  });
}

export const textsOf = (object: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
