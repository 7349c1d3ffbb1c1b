import {
  booleanOf,
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

const core = "urn:ietf:params:scim:schemas:core:2.0:";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** SCIM 2.0 (RFC 7643, RFC 7644): users and groups, alone or in an answer with `Resources`. */
export const scimReader: EstateReader = {
  kind: "scim-directory",
  title: "SCIM directory",
  recognises: ({ value }) => resourcesOf(value).some(({ value: item }) => kindOf(item) !== undefined),
  read({ value }, context) {
    const draft = draftReading(context);
    const resources = resourcesOf(value);
    for (const { value: item, path } of resources) {
      const place = draft.root.at(...path);
      const kind = kindOf(item);
      if (kind === "User") readUser(item, place, draft);
      else if (kind === "Group") readGroup(item, place, draft);
    }
    const total = isRecord(value) ? value["totalResults"] : undefined;
    if (typeof total === "number" && total > resources.length && resources.length > 0)
      draft.reject(draft.root, `holds ${String(resources.length)} of ${String(total)} entries`, {
        hint: "fetch the other pages too (`startIndex`, `count`); whoever is not listed is not taken for gone",
        used: resources.length,
      });
    return draft.reading();
  },
};

function resourcesOf(value: unknown): readonly { value: JsonRecord; path: readonly (string | number)[] }[] {
  const place = (items: readonly unknown[], path: readonly string[]) =>
    items.flatMap((item, index) => (isRecord(item) ? [{ value: item, path: [...path, index] }] : []));
  if (Array.isArray(value)) return place(value as unknown[], []);
  if (!isRecord(value)) return [];
  return Array.isArray(value["Resources"])
    ? place(listOf(value["Resources"]), ["Resources"])
    : [{ value, path: [] }];
}

function kindOf(item: JsonRecord): "User" | "Group" | undefined {
  const schemas = textsOf(item["schemas"]);
  if (schemas.includes(`${core}User`)) return "User";
  return schemas.includes(`${core}Group`) ? "Group" : undefined;
}

/** `active: false` is how an identity provider takes somebody out (RFC 7643, 4.1.1); without it nothing is said. */
function readUser(item: JsonRecord, place: Place, draft: Draft): void {
  const mails = listOf(item["emails"]).flatMap((mail) => {
    const address = isRecord(mail) ? textOf(mail["value"]) : undefined;
    return isRecord(mail) && address !== undefined
      ? [{ address: address.toLowerCase(), primary: mail["primary"] === true }]
      : [];
  });
  const user = textOf(item["userName"])?.toLowerCase();
  const id = (mails.find(({ primary }) => primary) ?? mails[0])?.address ?? user;
  if (id === undefined) {
    draft.reject(place, "a user with neither `userName` nor mail");
    return;
  }
  const extension = isRecord(item[enterprise]) ? item[enterprise] : {};
  const manager = isRecord(extension["manager"]) ? extension["manager"] : {};
  const managerId = textOf(manager["value"]) ?? textOf(manager["displayName"]);
  const names = isRecord(item["name"]) ? item["name"] : {};
  const name = textOf(item["displayName"]) ?? textOf(names["formatted"]);
  const aliases = [
    ...mails.map(({ address }) => address),
    user,
    textOf(item["id"])?.toLowerCase(),
    textOf(item["externalId"])?.toLowerCase(),
  ].filter((alias): alias is string => alias !== undefined && alias !== id);
  draft.add("people", {
    id,
    ...(name === undefined ? {} : { name }),
    aliases: [...new Set(aliases)].sort(),
    active: booleanOf(item["active"]) ?? "unknown",
    ...(managerId === undefined ? {} : { manager: managerId.toLowerCase() }),
    origin: place.origin,
  });
  draft.count("users");
}

function readGroup(item: JsonRecord, place: Place, draft: Draft): void {
  const name = textOf(item["displayName"]);
  const own = textOf(item["id"])?.toLowerCase();
  if (name === undefined) {
    draft.reject(place, "a group without `displayName`");
    return;
  }
  const members = listOf(item["members"]).flatMap((member) => {
    const value = isRecord(member) ? textOf(member["value"]) : undefined;
    return value === undefined ? [] : [value.toLowerCase()];
  });
  draft.add("teams", {
    id: name.trim().toLowerCase().replace(/\s+/g, "-"),
    name,
    aliases: [own, textOf(item["externalId"])?.toLowerCase()].filter((alias) => alias !== undefined),
    members: [...new Set(members)].sort(),
    membersListed: Array.isArray(item["members"]),
    origin: place.origin,
  });
  draft.count("groups");
}
