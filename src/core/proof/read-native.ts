import {
  accountIn,
  addIdentity,
  addPolicy,
  thingOf,
  type Draft,
  type Identity,
  type OrganizationPolicy,
} from "./directory.js";
import { policyAt, type Policy } from "./policy.js";
import { tagsOf } from "./read-authorization-details.js";
import { isFields, itemsOf, stringOf, stringsOf, type Citation, type Fields } from "./raw-document.js";

/** `remit.estate/1`, as docs/estate-documents.md describes it. Only what a right or a limit hangs on is read. */
export function readNative(value: unknown, at: Citation, draft: Draft): boolean {
  if (!isFields(value) || value["schema"] !== "remit.estate/1") return false;
  const each = (list: string, read: (item: Fields, at: Citation) => void): void =>
    itemsOf(value[list]).forEach((item, index) => {
      if (isFields(item)) read(item, { ...at, pointer: `/${list}/${index}` });
    });
  each("accounts", (item) => {
    draft.named.add(digits(String(item["id"])));
    if (item["organization"] === "none") draft.alone.add(digits(String(item["id"])));
  });
  each("principals", (item, place) => {
    const identity = identityOf(item, place);
    if (identity !== undefined) addIdentity(draft, identity);
  });
  each("policies", (item, place) => {
    const arn = stringOf(item["arn"]);
    if (arn === undefined) return;
    const versions = itemsOf(item["versions"]);
    const standing = versions.findIndex((version) => isFields(version) && version["default"] === true);
    const version = versions[standing];
    const pointer = isFields(version)
      ? `${place.pointer ?? ""}/versions/${standing}/document`
      : `${place.pointer ?? ""}/document`;
    const document = isFields(version) ? version["document"] : item["document"];
    draft.managed.set(arn, policyAt(document, { ...place, pointer }));
  });
  each("grants", (item, place) => {
    const holder = stringOf(item["holder"]);
    if (holder === undefined) return;
    const condition = stringOf(item["condition"]);
    const grant = {
      holder,
      deny: /^deny$/i.test(stringOf(item["effect"]) ?? "Allow"),
      actions: [...stringsOf(item["actions"]), ...stringsOf(item["action"])].map((text) =>
        text.toLowerCase(),
      ),
      resources: [...stringsOf(item["resources"]), ...stringsOf(item["resource"])].map((text) =>
        text.toLowerCase(),
      ),
      condition,
      at: place,
    };
    draft.grants.set(holder, [...(draft.grants.get(holder) ?? []), grant]);
  });
  each("resources", (item, place) => readThing(item, place, draft));
  each("credentials", (item, place) => {
    const [id, holder] = [stringOf(item["id"]), stringOf(item["holder"])];
    const status = stringOf(item["status"]);
    if (id !== undefined && holder !== undefined && status !== undefined)
      draft.keys.push({ id, holder, status, at: place });
  });
  each("coverage", (item) => {
    for (const topic of stringsOf(item["topic"]))
      for (const scope of stringsOf(item["scope"]))
        draft.covered.add(`${topic}|${/^\d{12}$/.test(scope) ? `aws:${scope}` : scope}`);
  });
  each("organizations", (item, place) => readOrganization(item, place, draft));
  return true;
}

const digits = (id: string): string => id.replace(/^aws:/, "");

function identityOf(item: Fields, at: Citation): Identity | undefined {
  const arn = stringOf(item["id"])?.replace(/^aws:arn:/, "arn:");
  const kind = arn === undefined ? undefined : /:iam::\d{12}:(user|role|group)\//.exec(arn)?.[1];
  const account = arn === undefined ? undefined : accountIn(arn);
  if (arn === undefined || account === undefined || (kind !== "user" && kind !== "role" && kind !== "group"))
    return undefined;
  const pointer = at.pointer ?? "";
  const trust = item["trust"];
  // Most identities are never asked about: their policies are opened when they are.
  let inline: Identity["inline"] | undefined;
  let opened: { readonly policy: Policy | undefined } | undefined;
  return {
    arn,
    kind,
    account,
    at,
    name: stringOf(item["name"]) ?? arn.slice(arn.lastIndexOf("/") + 1),
    uniqueId: stringOf(item["uniqueId"]),
    tags: tagsOf(item["tags"]),
    get inline() {
      return (inline ??= itemsOf(item["policies"]).map((entry, index) =>
        isFields(entry)
          ? policyAt(entry["document"], { ...at, pointer: `${pointer}/policies/${index}/document` })
          : undefined,
      ));
    },
    attached: stringsOf(item["attached"]),
    groups: stringsOf(item["groups"]),
    boundary: stringOf(item["boundary"]),
    get trust() {
      return (opened ??= {
        policy: trust === undefined ? undefined : policyAt(trust, { ...at, pointer: `${pointer}/trust` }),
      }).policy;
    },
    instanceProfiles: stringsOf(item["instanceProfiles"]),
  };
}

function readThing(item: Fields, at: Citation, draft: Draft): void {
  const id = stringOf(item["id"])?.replace(/^aws:arn:/, "arn:");
  if (id === undefined) return;
  const thing = thingOf(draft, id);
  const pointer = at.pointer ?? "";
  thing.at ??= at;
  const account = stringOf(item["account"]);
  if (account !== undefined) thing.account = digits(account);
  if (isFields(item["properties"]))
    flatten(item["properties"], "", { ...at, pointer: `${pointer}/properties` }, thing.facts);
  if (item["policy"] === "none") thing.policies ??= new Map();
  else if (item["policy"] !== undefined)
    addPolicy(draft, id, policyAt(item["policy"], { ...at, pointer: `${pointer}/policy` }));
  if (isFields(item["policies"]))
    for (const [qualifier, document] of Object.entries(item["policies"]))
      addPolicy(
        draft,
        id,
        policyAt(document, { ...at, pointer: `${pointer}/policies/${qualifier}` }),
        qualifier,
      );
  if (item["tags"] !== undefined) thing.tags = { ...thing.tags, ...tagsOf(item["tags"]) };
}

/** Properties by their dotted names; an inner object may be the value of its own name too. */
function flatten(
  value: Fields,
  prefix: string,
  at: Citation,
  facts: Map<string, { value: unknown; at: Citation }>,
): void {
  for (const [key, item] of Object.entries(value)) {
    const place = {
      ...at,
      pointer: `${at.pointer ?? ""}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    };
    facts.set(`${prefix}${key}`, { value: item, at: place });
    if (isFields(item)) flatten(item, `${prefix}${key}.`, place, facts);
  }
}

function readOrganization(item: Fields, at: Citation, draft: Draft): void {
  const parents = new Map<string, string>();
  const roots = new Set<string>();
  for (const node of itemsOf(item["nodes"])) {
    const id = isFields(node) ? stringOf(node["id"]) : undefined;
    if (id === undefined || !isFields(node)) continue;
    const parent = stringOf(node["parent"]);
    if (parent !== undefined) parents.set(digits(id), parent);
    if (node["kind"] === "root" || (node["kind"] === undefined && id.startsWith("r-"))) roots.add(id);
  }
  const management = stringOf(item["managementAccount"]);
  const enabled = item["enabledPolicyTypes"];
  draft.organizations.push({
    id: stringOf(item["id"]) ?? "",
    management: management === undefined ? undefined : digits(management),
    at,
    parents,
    roots,
    enabled: enabled === undefined ? undefined : new Set(stringsOf(enabled)),
    delegated: itemsOf(item["delegatedAdministrators"]).flatMap((entry) =>
      isFields(entry)
        ? [{ account: digits(String(entry["account"])), service: stringOf(entry["service"]) ?? "" }]
        : [],
    ),
    complete: new Set(),
    delegation: undefined,
    policies: itemsOf(item["policies"]).flatMap((entry, index): readonly OrganizationPolicy[] => {
      const id = isFields(entry) ? stringOf(entry["id"]) : undefined;
      const type = isFields(entry) ? stringOf(entry["type"]) : undefined;
      if (!isFields(entry) || id === undefined) return [];
      if (type !== "scp" && type !== "rcp" && type !== "s3" && type !== "declarative-ec2") return [];
      const place = { ...at, pointer: `${at.pointer ?? ""}/policies/${index}/document` };
      return [
        {
          id,
          type,
          name: stringOf(entry["name"]) ?? id,
          at: place,
          everything: entry["awsManaged"] === true && /FullAWSAccess$/.test(id),
          content: entry["content"] ?? entry["document"],
          policy: entry["document"] === undefined ? undefined : policyAt(entry["document"], place),
          targets: entry["targets"] === undefined ? undefined : stringsOf(entry["targets"]).map(digits),
        },
      ];
    }),
  });
}
