import {
  isRecord,
  listOf,
  pick,
  textOf,
  textsOf,
  type Draft,
  type JsonRecord,
  type Place,
  type ResourceDraft,
} from "../drafting/index.js";

const keyId = /(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/;

/** The key's ARN from what a document or its path says; undefined when account, Region or key stay open. */
export function keyArn(draft: Draft, stated: string | undefined): string | undefined {
  if (stated?.startsWith("arn:") === true) return stated;
  const id = stated ?? keyId.exec(draft.context.source.path)?.[0];
  const region = draft.context.regionHint;
  if (id === undefined || region === undefined) return undefined;
  const account = draft.context.accountHint;
  return account === undefined ? undefined : `arn:aws:kms:${region}:${account}:key/${id}`;
}

export const keyDraft = (draft: Draft, arn: string, place: Place): ResourceDraft =>
  draft.resource(arn, { kind: "kms:key" }, place);

/** Sets the grants of each key that a complete list of grants names. */
export function setGrants(draft: Draft, grants: readonly unknown[], place: Place): void {
  const byKey = new Map<string, { id: string; grantee: string; operations: readonly string[] }[]>();
  grants.forEach((grant, index) => {
    if (!isRecord(grant)) return;
    const arn = keyArn(draft, textOf(pick(grant, "KeyId")));
    const id = textOf(pick(grant, "GrantId"));
    if (arn === undefined || id === undefined) {
      draft.reject(place.at(index), "this grant does not name its key", {
        hint: "keep `KeyId` as an ARN, or put account, Region and key id into the path",
      });
      return;
    }
    const item = {
      id,
      grantee: textOf(pick(grant, "GranteePrincipal")) ?? "",
      operations: [...textsOf(pick(grant, "Operations"))],
    };
    byKey.set(arn, [...(byKey.get(arn) ?? []), item]);
    draft.count("grants");
  });
  for (const [arn, items] of byKey) {
    items.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    keyDraft(draft, arn, place).set("grants", items, place);
  }
}

export function applyKeyMetadata(key: ResourceDraft, metadata: JsonRecord, place: Place): void {
  key.set("keyManager", textOf(pick(metadata, "KeyManager")), place.at("KeyManager"));
}

export const grantsIn = (value: unknown): readonly unknown[] | undefined => {
  if (isRecord(value) && Array.isArray(value["Grants"])) return listOf(value["Grants"]);
  return Array.isArray(value) ? listOf(value) : undefined;
};
