import { parse, parseAllDocuments } from "yaml";
import { principalId } from "../../core/estate/index.js";
import type { ParsedDocument } from "../document.js";
import { isRecord, listOf, textOf, type Draft, type JsonRecord, type Place } from "../drafting/index.js";

/** Kubernetes objects of a manifest: several YAML documents, a list, or one. */
export function manifestObjects(document: ParsedDocument): readonly JsonRecord[] {
  const values: readonly unknown[] =
    document.format === "yaml" && /^---/m.test(document.text)
      ? parseAllDocuments(document.text).map((item) =>
          item.errors.length > 0 ? undefined : (item.toJS({ maxAliasCount: 100 }) as unknown),
        )
      : [document.value];
  return values
    .filter(isRecord)
    .flatMap((value) => (value["kind"] === "List" ? listOf(value["items"]).filter(isRecord) : [value]));
}

/** `aws-auth`, or the configuration of the authenticator itself. */
export function isAuthMap(object: JsonRecord): boolean {
  const metadata = object["metadata"];
  const name = isRecord(metadata) ? metadata["name"] : undefined;
  return object["kind"] === "ConfigMap" && (name === "aws-auth" || name === "aws-iam-authenticator");
}

const maps = ["mapRoles", "mapUsers", "mapAccounts"] as const;

/**
 * Who enters a cluster by `aws-auth`. Top-level keys are case-sensitive (a wrong case grants nothing), the keys of
 * an entry are not, and each value is YAML inside a string (aws-iam-authenticator, configmap mapper).
 */
export function readAuthMap(object: JsonRecord, draft: Draft, place: Place): void {
  const data = object["data"];
  if (!isRecord(data)) return;
  const config = textOf(data["config.yaml"]);
  if (config !== undefined) {
    const server = inner(config);
    const own = isRecord(server) && isRecord(server["server"]) ? server["server"] : {};
    for (const map of maps)
      readEntries(map, own[map], draft, place.at("data", "config.yaml").decoded().at("server", map));
    return;
  }
  for (const [key, value] of Object.entries(data)) {
    const at = place.at("data", key);
    const map = maps.find((name) => name.toLowerCase() === key.toLowerCase());
    if (map === undefined) continue;
    if (map !== key) {
      draft.reject(at, `\`${key}\` grants nothing: the key is \`${map}\`, in this case only`);
    } else if (typeof value !== "string") {
      draft.reject(at, `\`${key}\` is no text`, {
        hint: `write \`${key}: |\`: the value is YAML inside a string`,
      });
    } else readEntries(map, inner(value), draft, at.decoded());
  }
}

function inner(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100, logLevel: "silent" }) as unknown;
  } catch {
    return undefined;
  }
}

function readEntries(map: (typeof maps)[number], value: unknown, draft: Draft, place: Place): void {
  if (value === undefined || value === null) return;
  if (!Array.isArray(value)) {
    draft.reject(place, `\`${map}\` is no list`);
    return;
  }
  listOf(value).forEach((entry, index) => {
    const at = place.at(index);
    if (map === "mapAccounts") {
      draft.count(map);
      return;
    }
    const fields = new Map(
      isRecord(entry) ? Object.entries(entry).map(([key, item]) => [key.toLowerCase(), item]) : [],
    );
    const arn = textOf(fields.get(map === "mapRoles" ? "rolearn" : "userarn"));
    if (arn === undefined) {
      draft.reject(at, `an entry of \`${map}\` without ${map === "mapRoles" ? "rolearn" : "userarn"}`);
      return;
    }
    draft.count(map);
    const groups = listOf(fields.get("groups")).flatMap((group) => textOf(group) ?? []);
    for (const group of groups) {
      draft.add("trusts", {
        id: `aws-auth:${arn}->${group}`,
        from: arn,
        to: principalId(`kubernetes:group/${group}`),
        kind: "principal",
        externalId: "unknown",
        origin: at.origin,
      });
    }
  });
}
