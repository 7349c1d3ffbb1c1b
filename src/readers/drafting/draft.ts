import {
  awsAccount,
  parseArn,
  parsePolicyDocument,
  resourceId,
  type AccountId,
  type CoverageTopic,
  type EstateFacts,
  type JsonValue,
  type PolicyUse,
  type PrincipalId,
  type PropertyFact,
  type Resource,
  type ResourceId,
} from "../../core/estate/index.js";
import type { EstateReadContext, EstateReading } from "../estate-reader.js";
import { tagsOf } from "./json.js";
import { pathOf, placeAt, type Place } from "./place.js";

type FactList = Exclude<keyof EstateFacts, "resources" | "coverage" | "documents">;
type FactOf<List extends keyof EstateFacts> = EstateFacts[List][number];

/** One resource while a document is read. Several parts of a document may add to the same one. */
export interface ResourceDraft {
  readonly id: ResourceId;
  /** States a property; `undefined` (the document does not say) is ignored. */
  set(name: string, value: JsonValue | undefined, place: Place): void;
  /** Adds a resource policy in any written form. A malformed one is rejected and leaves the policy unknown. */
  policy(value: unknown, place: Place, name: string, qualifier?: string): void;
  /** The document says that there is no policy. */
  noPolicy(place: Place): void;
  tags(tags: Readonly<Record<string, string>>): void;
  /** The member of an answer that lists the tags: where it is there and empty, there are none. */
  tagList(value: unknown): void;
  runsAs(principal: PrincipalId): void;
}

export interface ResourceSeed {
  readonly kind: string;
  readonly name?: string;
  readonly account?: AccountId;
  readonly region?: string;
}

/** Gathers what one reader finds in one document. */
export interface Draft {
  readonly context: EstateReadContext;
  /** The top of the document. */
  readonly root: Place;
  resource(id: string, seed: ResourceSeed, place: Place): ResourceDraft;
  add<List extends FactList>(list: List, fact: FactOf<List>): void;
  cover(topic: CoverageTopic, scope: string, place: Place): void;
  count(entity: string, by?: number): void;
  reject(
    place: Place,
    reason: string,
    more?: { hint?: string; used?: number; line?: number; column?: number },
  ): void;
  /** Decodes a policy; undefined when nothing of it may be believed (the reason is among the rejections). */
  policyUse(value: unknown, place: Place, name: string): PolicyUse | undefined;
  reading(): EstateReading;
}

interface Building {
  readonly seed: Omit<Resource, "properties" | "policies" | "tags" | "runsAs">;
  readonly properties: Map<string, PropertyFact>;
  policies?: Map<string, PolicyUse>;
  tags: Record<string, string>;
  tagsCollected?: true;
  runsAs?: PrincipalId;
}

export function draftReading(context: EstateReadContext): Draft {
  const resources = new Map<string, Building>();
  const lists: { [List in FactList]?: FactOf<List>[] } = {};
  const coverage = new Map<string, FactOf<"coverage">>();
  const rejected: EstateReading["rejected"][number][] = [];
  const entities = new Map<string, number>();

  const draft: Draft = {
    context,
    root: placeAt({ source: context.source }),
    resource(id, seed, place) {
      const building = resources.get(id) ?? startResource(context, id, seed, place);
      resources.set(id, building);
      return {
        id: building.seed.id,
        set(name, value, at) {
          if (value !== undefined) building.properties.set(name, { value, origin: at.origin });
        },
        policy(value, at, name, qualifier = "") {
          const use = draft.policyUse(value, at, name);
          if (use === undefined) return;
          (building.policies ??= new Map()).set(qualifier, use);
          draft.cover("resource-policy", id, at);
        },
        noPolicy(at) {
          building.policies ??= new Map();
          draft.cover("resource-policy", id, at);
        },
        tags(tags) {
          building.tags = { ...building.tags, ...tags };
        },
        tagList(value) {
          if (value === undefined || value === null) return;
          building.tags = { ...building.tags, ...tagsOf(value) };
          building.tagsCollected = true;
        },
        runsAs(principal) {
          building.runsAs = principal;
        },
      };
    },
    add(list, fact) {
      const items = (lists[list] ??= []) as unknown[];
      items.push(fact);
    },
    cover(topic, scope, place) {
      const key = `${topic}|${scope}`;
      if (!coverage.has(key)) coverage.set(key, { topic, scope, origin: place.origin });
    },
    count(entity, by = 1) {
      entities.set(entity, (entities.get(entity) ?? 0) + by);
    },
    reject(place, reason, more = {}) {
      const pointer = pathOf(place.origin);
      rejected.push({
        document: context.source.path,
        ...(pointer === "" ? {} : { pointer }),
        ...(place.origin.line === undefined ? {} : { line: place.origin.line }),
        reason,
        ...more,
      });
    },
    policyUse(value, place, name) {
      const at = typeof value === "string" ? place.decoded() : place;
      const { document, problems } = parsePolicyDocument(value);
      for (const problem of problems)
        draft.reject(at, `${name}: ${problem.reason} at \`${problem.pointer || "/"}\``);
      return document === undefined ? undefined : { name, document, origin: at.origin };
    },
    reading() {
      const facts: Partial<EstateFacts> = {
        ...(lists as Partial<EstateFacts>),
        ...(resources.size === 0 ? {} : { resources: [...resources.values()].map(finish) }),
        ...(coverage.size === 0 ? {} : { coverage: [...coverage.values()] }),
      };
      return { facts, rejected, entities: Object.fromEntries(entities) };
    },
  };
  return draft;
}

function startResource(context: EstateReadContext, id: string, seed: ResourceSeed, place: Place): Building {
  const arn = parseArn(id);
  const stated = arn !== undefined && /^\d{12}$/.test(arn.account) ? awsAccount(arn.account) : undefined;
  // The hint is asked for last: a reader that asks for one in vain is called again.
  const account =
    seed.account ?? stated ?? (arn?.account === "" || arn === undefined ? hinted(context, id) : undefined);
  const region = seed.region ?? (arn === undefined || arn.region === "" ? undefined : arn.region);
  return {
    seed: {
      id: resourceId(id),
      kind: seed.kind,
      name: seed.name ?? shortName(id),
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
      origin: place.origin,
    },
    properties: new Map(),
    tags: {},
  };
}

/** Only AWS documents are placed by account hints. */
function hinted(context: EstateReadContext, id: string): AccountId | undefined {
  if (!id.startsWith("arn:")) return undefined;
  return context.accountHint === undefined ? undefined : awsAccount(context.accountHint);
}

const shortName = (id: string): string => {
  const resource = parseArn(id)?.resource ?? id;
  return resource.slice(Math.max(resource.lastIndexOf("/"), resource.lastIndexOf(":")) + 1) || id;
};

function finish(building: Building): Resource {
  return {
    ...building.seed,
    properties: building.properties,
    ...(building.policies === undefined ? {} : { policies: building.policies }),
    tags: building.tags,
    ...(building.tagsCollected === undefined ? {} : { tagsCollected: true }),
    ...(building.runsAs === undefined ? {} : { runsAs: building.runsAs }),
  };
}
