import type { Origin } from "../../core/estate/index.js";
import { draftReading, isRecord, textOf, textsOf, type Draft, type JsonRecord } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { objectsOf } from "../yaml-documents.js";
import { entityRef, refId } from "./entity-ref.js";

/** `catalog-info.yaml`, and entities from the API of a Backstage catalogue. */
export const backstageReader: EstateReader = {
  kind: "backstage-catalogue",
  title: "Backstage catalogue",
  recognises: (document) =>
    (document.format === "yaml" || document.format === "json" || document.format === "json-lines") &&
    objectsOf(document).objects.some(({ value }) => isEntity(value)),
  read(document, context) {
    const draft = draftReading(context);
    const { objects, faults } = objectsOf(document);
    for (const { line, reason } of faults)
      draft.reject(draft.root, reason, { line, hint: "mend the entity; the others of the file are used" });
    const memberships = new Map<string, Set<string>>();
    const groups: Group[] = [];
    for (const { value, pointer, line } of objects) {
      if (!isEntity(value)) continue;
      const origin: Origin = {
        ...draft.root.origin,
        ...(pointer === "" ? {} : { pointer }),
        ...(line === undefined ? {} : { line }),
      };
      const entity = entityOf(value);
      if (entity === undefined) {
        draft.reject({ ...draft.root, origin }, "an entity without `metadata.name`");
        continue;
      }
      if (entity.kind === "user") readUser(entity, origin, draft, memberships);
      else if (entity.kind === "group") groups.push({ entity, origin });
      else readOwned(entity, origin, draft);
    }
    for (const group of groups) readGroup(group, draft, memberships);
    return draft.reading();
  },
};

const isEntity = (value: JsonRecord): boolean =>
  typeof value["apiVersion"] === "string" &&
  /^backstage\.io\//.test(value["apiVersion"]) &&
  typeof value["kind"] === "string" &&
  isRecord(value["metadata"]);

interface Entity {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly title?: string;
  readonly annotations: JsonRecord;
  readonly spec: JsonRecord;
}

interface Group {
  readonly entity: Entity;
  readonly origin: Origin;
}

function entityOf(value: JsonRecord): Entity | undefined {
  const metadata = isRecord(value["metadata"]) ? value["metadata"] : {};
  const name = textOf(metadata["name"]);
  if (name === undefined) return undefined;
  const title = textOf(metadata["title"]);
  return {
    kind: String(value["kind"]).toLowerCase(),
    name: name.toLowerCase(),
    namespace: (textOf(metadata["namespace"]) ?? "default").toLowerCase(),
    ...(title === undefined ? {} : { title }),
    annotations: isRecord(metadata["annotations"]) ? metadata["annotations"] : {},
    spec: isRecord(value["spec"]) ? value["spec"] : {},
  };
}

/** Backstage keeps no state of employment: whoever is listed may have left (ownership.md 6a, "owner may not exist"). */
function readUser(entity: Entity, origin: Origin, draft: Draft, memberships: Map<string, Set<string>>): void {
  const { spec } = entity;
  const profile = isRecord(spec["profile"]) ? spec["profile"] : {};
  const mail = textOf(profile["email"])?.toLowerCase();
  const name = textOf(profile["displayName"])?.trim();
  const short = refId({ kind: "user", namespace: entity.namespace, name: entity.name });
  const id = mail ?? short;
  draft.add("people", {
    id,
    ...(name === undefined ? {} : { name }),
    aliases: [...new Set([short, `user:${entity.namespace}/${entity.name}`])].filter((item) => item !== id),
    active: "unknown",
    origin,
  });
  draft.count("users");
  for (const group of textsOf(spec["memberOf"])) {
    const ref = entityRef(group, "group", entity.namespace);
    if (ref === undefined) continue;
    const members = memberships.get(refId(ref)) ?? new Set();
    memberships.set(refId(ref), members.add(id));
  }
}

function readGroup(
  { entity, origin }: Group,
  draft: Draft,
  memberships: ReadonlyMap<string, Set<string>>,
): void {
  const { spec } = entity;
  const id = refId({ kind: "group", namespace: entity.namespace, name: entity.name });
  const profile = isRecord(spec["profile"]) ? spec["profile"] : {};
  const mail = textOf(profile["email"])?.toLowerCase();
  const name = textOf(profile["displayName"]) ?? entity.title;
  const own = textsOf(spec["members"]).flatMap((item) => {
    const ref = entityRef(item, "user", entity.namespace);
    return ref === undefined ? [] : [refId(ref)];
  });
  const parent = textOf(spec["parent"]);
  draft.add("teams", {
    id,
    ...(name === undefined ? {} : { name }),
    aliases: [`group:${entity.namespace}/${entity.name}`, ...(mail === undefined ? [] : [mail])],
    members: [...new Set([...own, ...(memberships.get(id) ?? [])])].sort(),
    // Users state their groups in files of their own.
    membersListed: own.length > 0,
    ...(parent === undefined ? {} : { parent: parent.toLowerCase() }),
    origin,
  });
  draft.count("groups");
}

/** Component, System, Resource, API, Domain, Template: whatever has an owner. */
function readOwned(entity: Entity, origin: Origin, draft: Draft): void {
  draft.count("entities");
  const written = textOf(entity.spec["owner"]);
  if (written === undefined) return;
  const owner = entityRef(written, "group", entity.namespace);
  if (owner === undefined) {
    draft.reject({ ...draft.root, origin }, `\`${written}\` is no reference to an owner`, {
      hint: "write `team-a`, `group:default/team-a` or `user:default/ana`",
    });
    return;
  }
  // A lost location is no lost owner, and nobody keeps such an entry up to date any more.
  const orphan = entity.annotations["backstage.io/orphan"] === "true" ? ", orphaned" : "";
  for (const subject of subjectsOf(entity))
    draft.add("ownerships", {
      kind: "registry",
      subject,
      owner: refId(owner),
      ownerKind: owner.kind === "user" ? "person" : "team",
      source: `Backstage ${entity.kind} ${entity.name}${orphan}`,
      origin,
    });
}

/** What an entity stands for: the workload of its name, its repository, and every ARN among its annotations. */
function subjectsOf({ kind, name, annotations }: Entity): readonly string[] {
  const subjects = new Set<string>();
  if (["component", "system", "resource"].includes(kind)) subjects.add(`workload:${name}`);
  for (const [key, value] of Object.entries(annotations)) {
    if (typeof value !== "string") continue;
    if (/^(github|gitlab)\.com\/project-slug$/.test(key) && /^[\w.-]+\/[\w./-]+$/.test(value))
      subjects.add(`repository:${value}`);
    if (/^backstage\.io\/(source|managed-by)-location$/.test(key) && kind === "component") {
      const slug = /^url:https:\/\/(?:github|gitlab)\.com\/([\w.-]+\/[\w.-]+)/.exec(value)?.[1];
      if (slug !== undefined) subjects.add(`repository:${slug.replace(/\.git$/, "")}`);
    }
    for (const arn of value.split(/[,\s]+/)) if (/^arn:[^:]+:[^:]+:/.test(arn)) subjects.add(arn);
  }
  return [...subjects].sort();
}
