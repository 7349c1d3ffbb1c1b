import { parseArn, resourceId, type Definition, type JsonValue } from "../../core/estate/index.js";
import { isRecord, tagsOf, type JsonRecord, type Place } from "../drafting/index.js";
import {
  attributesOf,
  type Attributes,
  type Declaration,
  type Declare,
  type Home,
  type Resolve,
} from "./attributes.js";
import { computeDeclarations } from "./compute.js";
import { identityDeclarations } from "./identity.js";
import { serviceDeclarations } from "./services.js";
import { storageDeclarations } from "./storage.js";

const declarations: Readonly<Record<string, Declare>> = {
  ...storageDeclarations,
  ...identityDeclarations,
  ...computeDeclarations,
  ...serviceDeclarations,
};

export interface Instance {
  readonly address: string;
  readonly type: string;
  readonly values: JsonRecord;
  readonly status: Definition["status"];
  readonly resolve?: Resolve;
  readonly place: Place;
}

/** What a resource of this type sets; undefined for types that no formula asks about. */
export const declarationOf = (type: string, attributes: Attributes): Declaration | undefined =>
  Object.prototype.hasOwnProperty.call(declarations, type) ? declarations[type]?.(attributes) : undefined;

/** A resource instance of a state or plan as what it declares. Types without formula declare nothing but are kept. */
export function definitionOf(instance: Instance, home: Home): Definition {
  const { address, type, values, status, place } = instance;
  const attributes = attributesOf(values, home, instance.resolve);
  const { target, declares } = declarationOf(type, attributes) ?? {
    target: plainTarget(values),
    declares: {},
  };
  const stated = Object.entries(declares).filter(
    (entry): entry is [string, JsonValue] => entry[1] !== undefined,
  );
  const tags = { ...tagsOf(values["tags"]), ...tagsOf(values["tags_all"]) };
  return {
    tool: "terraform",
    address,
    resourceType: type,
    ...(target === undefined ? {} : { target: resourceId(target) }),
    ...codeOf(tags),
    status,
    declares: new Map(stated),
    tags,
    origin: place.origin,
  };
}

function plainTarget(values: JsonRecord): string | undefined {
  const arn = values["arn"];
  if (typeof arn === "string" && arn.startsWith("arn:")) return arn;
  const id = values["id"];
  return typeof id === "string" && /^\/subscriptions\//i.test(id) ? id.toLowerCase() : undefined;
}

/** Where yor's tags say that the resource is written (yor.io: `git_file`, `git_org`, `git_repo`, prefix allowed). */
export function codeOf(tags: Readonly<Record<string, string>>): { file?: string; repository?: string } {
  const find = (name: string): string | undefined => {
    const key = Object.keys(tags).find((tag) => tag === name || tag.endsWith(`_${name}`));
    const value = key === undefined ? undefined : tags[key];
    return value === "" ? undefined : value;
  };
  const file = find("git_file");
  const organisation = find("git_org");
  const repository = find("git_repo");
  return {
    ...(file === undefined ? {} : { file }),
    ...(organisation === undefined || repository === undefined
      ? {}
      : { repository: `${organisation}/${repository}` }),
  };
}

/** What the ARNs of a document agree on; two accounts or Regions leave it open. */
export function homeOf(
  records: Iterable<JsonRecord>,
  hintedAccount: () => string | undefined,
  hintedRegion: () => string | undefined,
): Home {
  const accounts = new Set<string>();
  const regions = new Set<string>();
  const partitions = new Set<string>();
  for (const record of records) {
    const arn = typeof record["arn"] === "string" ? parseArn(record["arn"]) : undefined;
    if (arn === undefined) continue;
    partitions.add(arn.partition);
    if (/^\d{12}$/.test(arn.account)) accounts.add(arn.account);
    if (arn.region !== "") regions.add(arn.region);
  }
  const only = (values: ReadonlySet<string>): string | undefined =>
    values.size === 1 ? [...values][0] : undefined;
  const account = accounts.size === 0 ? hintedAccount() : only(accounts);
  const region = regions.size === 0 ? hintedRegion() : only(regions);
  return {
    partition: only(partitions) ?? "aws",
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  };
}

/** The values without what the document marks as sensitive (`after_sensitive`, `sensitive_values`). */
export function withoutSensitive(values: JsonRecord, marks: unknown): JsonRecord {
  if (marks === true) return {};
  if (!isRecord(marks)) return values;
  return Object.fromEntries(Object.entries(values).filter(([name]) => !holdsTrue(marks[name])));
}

function holdsTrue(marks: unknown): boolean {
  if (marks === true) return true;
  if (Array.isArray(marks)) return (marks as unknown[]).some(holdsTrue);
  return isRecord(marks) && Object.values(marks).some(holdsTrue);
}
