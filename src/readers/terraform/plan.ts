import type { Definition } from "../../core/estate/index.js";
import {
  draftReading,
  isRecord,
  listOf,
  textOf,
  textsOf,
  type Draft,
  type JsonRecord,
} from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import type { Resolve } from "./attributes.js";
import { definitionOf, homeOf, withoutSensitive, type Instance } from "./definition.js";

/** `terraform show -json PLAN`, formats 0.1 to 1.x. */
export const terraformPlanReader: EstateReader = {
  kind: "terraform-plan",
  title: "Terraform plan",
  recognises: ({ value }) =>
    isRecord(value) &&
    typeof value["format_version"] === "string" &&
    ("planned_values" in value || "resource_changes" in value),
  read(document, context) {
    const draft = draftReading(context);
    const value = document.value;
    if (!isRecord(value)) return draft.reading();
    const version = textOf(value["format_version"]) ?? "";
    if (!/^[01]\./.test(version)) {
      draft.reject(
        draft.root.at("format_version"),
        `plan format \`${version}\` is not supported: 0.x and 1.x are`,
      );
      return draft.reading();
    }
    const changes = readChanges(value, draft);
    const byAddress = new Map<string, Change[]>();
    for (const change of changes) {
      const address = withoutIndex(change.address);
      byAddress.set(address, [...(byAddress.get(address) ?? []), change]);
    }
    const instances = [...changes, ...changes.flatMap(standingPolicy)].map((change): Instance => ({
      ...change,
      resolve: resolver(value, byAddress, change),
    }));
    const home = homeOf(
      instances.map((instance) => instance.values),
      () => context.accountHint,
      () => context.regionHint ?? regionOf(value),
    );
    for (const instance of instances) draft.add("definitions", definitionOf(instance, home));
    return draft.reading();
  },
};

interface Change {
  readonly address: string;
  readonly type: string;
  readonly values: JsonRecord;
  readonly unknown: JsonRecord;
  readonly status: Definition["status"];
  readonly place: ReturnType<Draft["root"]["at"]>;
  /** What it was before, as the state had it; absent for what is new. */
  readonly before?: JsonRecord;
  readonly beforePlace: ReturnType<Draft["root"]["at"]>;
}

function readChanges(value: JsonRecord, draft: Draft): readonly Change[] {
  return listOf(value["resource_changes"]).flatMap((item, index): Change[] => {
    const place = draft.root.at("resource_changes", index);
    const address = isRecord(item) ? textOf(item["address"]) : undefined;
    const type = isRecord(item) ? textOf(item["type"]) : undefined;
    const change = isRecord(item) ? item["change"] : undefined;
    if (!isRecord(item) || !isRecord(change) || address === undefined || type === undefined) {
      draft.reject(place, "a change without address, type or content");
      return [];
    }
    draft.count("resource_changes");
    const status = statusOf(textsOf(change["actions"]));
    if (item["mode"] === "data" || status === undefined) return [];
    const side = status === "destroyed" ? "before" : "after";
    const values = isRecord(change[side]) ? change[side] : {};
    const before = change["before"];
    return [
      {
        address,
        type,
        values: withoutSensitive(values, change[`${side}_sensitive`]),
        unknown: isRecord(change["after_unknown"]) ? change["after_unknown"] : {},
        status,
        place: place.at("change", side),
        ...(isRecord(before) ? { before: withoutSensitive(before, change["before_sensitive"]) } : {}),
        beforePlace: place.at("change", "before"),
      },
    ];
  });
}

/**
 * A policy that a plan will only know at apply time (it names something that is made with it) stands until then as
 * it was: without it the resource would seem to have none.
 */
function standingPolicy(change: Change): readonly Change[] {
  const { before } = change;
  if (change.status !== "planned" || before === undefined) return [];
  const unknown = policyAttributes.filter(
    (name) => change.unknown[name] === true && textOf(before[name]) !== undefined,
  );
  if (unknown.length === 0) return [];
  return [{ ...change, values: before, unknown: {}, status: "applied", place: change.beforePlace }];
}

const policyAttributes = ["policy", "assume_role_policy", "access_policies", "key_policy"] as const;

/** `no-op` stands as it is; a replacement ends as planned; reading and forgetting define nothing. */
function statusOf(actions: readonly string[]): Definition["status"] | undefined {
  if (actions.includes("create") || actions.includes("update")) return "planned";
  if (actions.includes("delete")) return "destroyed";
  return actions.includes("no-op") ? "applied" : undefined;
}

/** The attributes by which one resource names another, and what to take from that other. */
const references: Readonly<Record<string, readonly string[]>> = {
  bucket: ["bucket", "id"],
  role: ["name", "id"],
  user: ["name", "id"],
  group: ["name", "id"],
  repository: ["name"],
  function_name: ["function_name"],
  security_group_id: ["id"],
  key_id: ["arn", "key_id"],
  queue_url: ["url", "id"],
  arn: ["arn"],
  domain_name: ["domain_name"],
};

const withoutIndex = (address: string): string => address.replace(/\[[^\]]*\]$/, "");

/** A value that is known only after apply may be the name of a resource whose name the plan does state. */
function resolver(
  plan: JsonRecord,
  byAddress: ReadonlyMap<string, readonly Change[]>,
  change: Change,
): Resolve {
  return (name) => {
    const wanted = references[name];
    if (wanted === undefined || change.unknown[name] !== true) return undefined;
    const { modules, local } = splitAddress(change.address);
    const expressions = configuredExpressions(plan, modules, local);
    const expression = expressions?.[name];
    const reference = isRecord(expression) ? textsOf(expression["references"])[0] : undefined;
    const other = reference === undefined ? undefined : /^([a-z][\w-]*\.[\w-]+)/.exec(reference)?.[1];
    if (other === undefined || /^(var|local|module|data|each|count)\./.test(other)) return undefined;
    const prefix = modules.map((part) => `module.${part}.`).join("");
    const found = byAddress.get(`${prefix}${other}`) ?? [];
    // Several instances (count, for_each): which one is meant is not known.
    if (found.length !== 1) return undefined;
    for (const attribute of wanted) {
      const text = textOf(found[0]?.values[attribute]);
      if (text !== undefined) return text;
    }
    return undefined;
  };
}

/** `module.a["x"].module.b.aws_s3_bucket.c[0]` as the modules with their keys and the local address without index. */
export function splitAddress(address: string): {
  readonly modules: readonly string[];
  readonly local: string;
} {
  const modules: string[] = [];
  let rest = address;
  for (;;) {
    const found = /^module\.((?:[\w-]+)(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?)\./.exec(rest);
    if (found === null) break;
    modules.push(found[1] ?? "");
    rest = rest.slice(found[0].length);
  }
  return { modules, local: rest.replace(/\[.*\]$/, "") };
}

function configuredExpressions(
  plan: JsonRecord,
  modules: readonly string[],
  local: string,
): JsonRecord | undefined {
  const configuration = isRecord(plan["configuration"]) ? plan["configuration"] : {};
  let module: unknown = configuration["root_module"];
  for (const part of modules) {
    const calls = isRecord(module) ? module["module_calls"] : undefined;
    const call = isRecord(calls) ? calls[part.replace(/\[.*$/, "")] : undefined;
    module = isRecord(call) ? call["module"] : undefined;
  }
  const resources = isRecord(module) ? listOf(module["resources"]) : [];
  const resource = resources.find((item) => isRecord(item) && item["address"] === local);
  const expressions = isRecord(resource) ? resource["expressions"] : undefined;
  return isRecord(expressions) ? expressions : undefined;
}

function regionOf(plan: JsonRecord): string | undefined {
  const configuration = isRecord(plan["configuration"]) ? plan["configuration"] : {};
  const provider = isRecord(configuration["provider_config"])
    ? configuration["provider_config"]["aws"]
    : undefined;
  const expressions = isRecord(provider) ? provider["expressions"] : undefined;
  const region = isRecord(expressions) ? expressions["region"] : undefined;
  return isRecord(region) ? textOf(region["constant_value"]) : undefined;
}
