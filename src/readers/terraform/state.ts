import { credentialId } from "../../core/estate/index.js";
import {
  draftReading,
  isRecord,
  listOf,
  textOf,
  type Draft,
  type JsonRecord,
  type Place,
} from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { definitionOf, homeOf, withoutSensitive, type Instance } from "./definition.js";
import { unflatten } from "./flat-attributes.js";

/** Terraform state, versions 3 and 4, and `terraform show -json` of a state. */
export const terraformStateReader: EstateReader = {
  kind: "terraform-state",
  title: "Terraform state",
  recognises: ({ value }) =>
    isRecord(value) &&
    ((typeof value["version"] === "number" && typeof value["terraform_version"] === "string") ||
      isShown(value)),
  read(document, context) {
    const draft = draftReading(context);
    const value = document.value;
    if (!isRecord(value)) return draft.reading();
    const found = instancesOf(value, draft);
    const home = homeOf(
      found.map((instance) => instance.values),
      () => context.accountHint,
      () => context.regionHint,
    );
    for (const instance of found) {
      const definition = definitionOf(instance, home);
      draft.add("definitions", definition);
      // The state keeps the secret of a key in clear: whoever reads the state has the key.
      if (
        instance.type === "aws_iam_access_key" &&
        textOf(instance.secret) !== undefined &&
        definition.target !== undefined
      ) {
        draft.add("links", {
          kind: "secret-copy",
          from: `terraform state ${context.source.path}`,
          to: credentialId(definition.target),
          at: instance.address,
          origin: instance.place.origin,
        });
      }
    }
    draft.count("instances", found.length);
    return draft.reading();
  },
};

type Found = Instance & { readonly secret?: unknown };

const isShown = (value: JsonRecord): boolean =>
  typeof value["format_version"] === "string" &&
  isRecord(value["values"]) &&
  !("planned_values" in value) &&
  !("resource_changes" in value);

function instancesOf(value: JsonRecord, draft: Draft): readonly Found[] {
  if (isShown(value)) {
    const values = isRecord(value["values"]) ? value["values"]["root_module"] : undefined;
    return shownModule(values, draft, draft.root.at("values", "root_module"));
  }
  if (value["version"] === 4) return currentState(value, draft);
  if (value["version"] === 3) return oldState(value, draft);
  draft.reject(
    draft.root.at("version"),
    `state version \`${String(value["version"])}\` is not supported: 3 and 4 are`,
    {
      hint: "let a current Terraform write it anew: `terraform state pull`",
    },
  );
  return [];
}

function currentState(value: JsonRecord, draft: Draft): readonly Found[] {
  return listOf(value["resources"]).flatMap((resource, index) => {
    const place = draft.root.at("resources", index);
    const type = isRecord(resource) ? textOf(resource["type"]) : undefined;
    const name = isRecord(resource) ? textOf(resource["name"]) : undefined;
    if (!isRecord(resource) || type === undefined || name === undefined) {
      draft.reject(place, "a resource without type or name");
      return [];
    }
    draft.count("resources");
    if (resource["mode"] === "data") return [];
    const module = textOf(resource["module"]);
    return listOf(resource["instances"]).flatMap((instance, position): Found[] => {
      if (!isRecord(instance)) return [];
      const raw = isRecord(instance["attributes"]) ? instance["attributes"] : undefined;
      const values =
        raw ?? (isRecord(instance["attributes_flat"]) ? unflatten(instance["attributes_flat"]) : {});
      const address = `${module === undefined ? "" : `${module}.`}${type}.${name}${indexKey(instance["index_key"])}`;
      return [
        {
          address,
          type,
          values: withoutMarked(values, instance["sensitive_attributes"]),
          secret: values["secret"],
          status: "applied",
          place: place.at("instances", position, raw === undefined ? "attributes_flat" : "attributes"),
        },
      ];
    });
  });
}

/** `sensitive_attributes` holds paths: a list of steps each, `{type: "get_attr", value: NAME}` first. */
function withoutMarked(values: JsonRecord, marks: unknown): JsonRecord {
  const names = listOf(marks).flatMap((path) => {
    const first = Array.isArray(path) ? (path as unknown[])[0] : path;
    return isRecord(first) ? (textOf(first["value"]) ?? []) : [];
  });
  return names.length === 0
    ? values
    : Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

const indexKey = (key: unknown): string =>
  typeof key === "number" ? `[${key}]` : typeof key === "string" ? `["${key}"]` : "";

function oldState(value: JsonRecord, draft: Draft): readonly Found[] {
  return listOf(value["modules"]).flatMap((module, index) => {
    if (!isRecord(module)) return [];
    draft.count("modules");
    const path = listOf(module["path"]).flatMap((part) => textOf(part) ?? []);
    const prefix = path
      .filter((part, position) => position > 0 || part !== "root")
      .map((part) => `module.${part}.`);
    const resources = isRecord(module["resources"]) ? module["resources"] : {};
    return Object.entries(resources).flatMap(([key, resource]): Found[] => {
      const place = draft.root.at("modules", index, "resources", key);
      if (!isRecord(resource)) return [];
      draft.count("resources");
      if (key.startsWith("data.")) return [];
      const primary = isRecord(resource["primary"]) ? resource["primary"] : {};
      const values = isRecord(primary["attributes"]) ? unflatten(primary["attributes"]) : {};
      const [type, name, position] = key.split(".");
      return [
        {
          address: `${prefix.join("")}${type ?? ""}.${name ?? ""}${position === undefined ? "" : `[${position}]`}`,
          type: textOf(resource["type"]) ?? type ?? "",
          values,
          secret: values["secret"],
          status: "applied",
          place: place.at("primary", "attributes"),
        },
      ];
    });
  });
}

function shownModule(module: unknown, draft: Draft, place: Place): readonly Found[] {
  if (!isRecord(module)) return [];
  const own = listOf(module["resources"]).flatMap((resource, index): Found[] => {
    const type = isRecord(resource) ? textOf(resource["type"]) : undefined;
    const address = isRecord(resource) ? textOf(resource["address"]) : undefined;
    if (!isRecord(resource) || type === undefined || address === undefined) return [];
    draft.count("resources");
    if (resource["mode"] === "data") return [];
    const raw = isRecord(resource["values"]) ? resource["values"] : {};
    const values = withoutSensitive(raw, resource["sensitive_values"]);
    return [
      {
        address,
        type,
        values,
        secret: raw["secret"],
        status: "applied",
        place: place.at("resources", index, "values"),
      },
    ];
  });
  const below = listOf(module["child_modules"]).flatMap((child, index) =>
    shownModule(child, draft, place.at("child_modules", index)),
  );
  return [...own, ...below];
}
