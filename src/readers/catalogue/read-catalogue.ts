import type { z } from "zod";
import {
  emptyCatalogue,
  policyFrom,
  type Catalogue,
  type PolicySwitches,
} from "../../core/accountability/index.js";
import type { Origin } from "../../core/estate/index.js";
import { escapePointer } from "../drafting/index.js";
import { isObject, member, type JsonObject } from "../json-value.js";
import {
  accountOf,
  authorityOf,
  commanderOf,
  intendedOf,
  personOf,
  sanctionOf,
  teamOf,
  thirdPartyOf,
  workloadIdentityOf,
  workloadOf,
} from "./entries.js";
import { faultsOf, type Fault } from "./faults.js";
import { suggestion } from "./nearest.js";
import { policyOf } from "./policy.js";
import {
  catalogueEntries,
  catalogueSchemaName,
  policyBlock,
  ruleOverride,
  weaknessOverride,
  type CatalogueEntry,
  type CatalogueList,
} from "./schema.js";

export interface CatalogueReading {
  /** Absent when nothing of the document may be believed. */
  readonly catalogue?: Catalogue;
  readonly faults: readonly Fault[];
  /** Ids of people, teams and third parties that were stated and left out, with the place of the entry. */
  readonly leftOut: ReadonlyMap<string, readonly PropertyKey[]>;
}

const lists = Object.keys(catalogueEntries) as CatalogueList[];
const topFields = ["schema", "version", "policy", "overrides", ...lists];

/**
 * Reads a `remit.catalogue/1` document. An entry with a fault is left out whole and reported, the rest is used:
 * half an authority is none.
 */
export function readCatalogue(value: unknown, origin: Origin): CatalogueReading {
  const faults: Fault[] = [];
  if (!isObject(value))
    return refused(
      "a catalogue is an object of lists",
      "begin with `version: 1`, then `people:` and the other lists",
    );
  const schema = member(value, "schema");
  if (schema !== undefined && schema !== catalogueSchemaName)
    return refused(
      `\`${clip(schema)}\` is no catalogue`,
      `write \`schema: ${catalogueSchemaName}\``,
      "schema",
    );
  if (member(value, "version") !== 1)
    return refused(
      member(value, "version") === undefined
        ? "`version` is missing"
        : `version \`${clip(member(value, "version"))}\` is not supported`,
      typeof member(value, "version") === "string"
        ? "write `version: 1`, without quotes"
        : "write `version: 1`",
      "version",
    );
  for (const key of Object.keys(value)) {
    if (!topFields.includes(key))
      faults.push({
        path: [key],
        reason: `\`${key}\` is no known field`,
        hint: suggestion(key, topFields),
      });
  }
  const reader = listReader(value, origin, faults);
  const policy = readPolicy(member(value, "policy"), faults);
  const catalogue: Catalogue = {
    policy: policyFrom(undefined, policy),
    people: reader.read("people", personOf, (entry) => entry.id),
    teams: reader.read("teams", teamOf, (entry) => entry.id),
    accounts: reader.read("accounts", accountOf, (entry) => entry.id, twoAuthorities),
    workloads: reader.read("workloads", workloadOf, (entry) => entry.id),
    workloadIdentities: reader.read("workloadIdentities", workloadIdentityOf, (entry) => entry.principal),
    authorities: reader.read("authorities", authorityOf),
    commanders: reader.read("commanders", commanderOf, (entry) => entry.person),
    thirdParties: reader.read("thirdParties", thirdPartyOf, (entry) => entry.id),
    sanctioned: reader.read("sanctioned", sanctionOf),
    intended: reader.read("intended", intendedOf),
    overrides: readOverrides(member(value, "overrides"), origin, faults),
  };
  return { catalogue, faults, leftOut: reader.leftOut };
}

/** A file of `--policy`; other blocks are refused, so that nobody hides owners in it. */
export function readPolicyDocument(value: unknown): {
  readonly policy?: PolicySwitches;
  readonly faults: readonly Fault[];
} {
  const faults: Fault[] = [];
  if (!isObject(value) || member(value, "policy") === undefined)
    return {
      faults: [{ path: [], reason: "no `policy` block", hint: "write `policy: { … }` as in a catalogue" }],
    };
  for (const key of Object.keys(value)) {
    if (!["schema", "version", "policy"].includes(key))
      faults.push({
        path: [key],
        reason: `\`${key}\` has no place in a policy file`,
        hint: topFields.includes(key)
          ? "give it with --catalogue"
          : suggestion(key, ["schema", "version", "policy"]),
      });
  }
  return { policy: readPolicy(member(value, "policy"), faults), faults };
}

function readPolicy(value: unknown, faults: Fault[]): PolicySwitches {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) {
    faults.push({
      path: ["policy"],
      reason: "`policy` is not an object",
      hint: "write `policy: { regulated: true }` or its switches below it",
    });
    return {};
  }
  // Each switch stands for itself: a wrong one leaves the default, and says so.
  const sound: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const parsed = policyBlock.safeParse({ [key]: item });
    if (parsed.success) Object.assign(sound, parsed.data);
    else faults.push(...under(["policy"], faultsOf(policyBlock, parsed.error, { [key]: item })));
  }
  return policyOf(policyBlock.parse(sound));
}

function readOverrides(value: unknown, origin: Origin, faults: Fault[]): Catalogue["overrides"] {
  const none = emptyCatalogue.overrides;
  if (value === undefined || value === null) return none;
  if (!isObject(value)) {
    faults.push({
      path: ["overrides"],
      reason: "`overrides` is not an object",
      hint: "write `overrides: { rules: […], weaknessActions: {…} }`",
    });
    return none;
  }
  for (const key of Object.keys(value)) {
    if (key !== "rules" && key !== "weaknessActions")
      faults.push({
        path: ["overrides", key],
        reason: `\`${key}\` is no known field`,
        hint: suggestion(key, ["rules", "weaknessActions"]),
      });
  }
  const rules = listAt(value, "rules", ["overrides", "rules"], faults).flatMap((item, index) => {
    const parsed = ruleOverride.safeParse(item);
    if (parsed.success) return [{ ...parsed.data, origin: at(origin, ["overrides", "rules", index]) }];
    faults.push(...under(["overrides", "rules", index], faultsOf(ruleOverride, parsed.error, item)));
    return [];
  });
  const stated = member(value, "weaknessActions");
  const actions: [string, readonly string[]][] = [];
  const reasons: [string, string][] = [];
  if (stated !== undefined && !isObject(stated))
    faults.push({
      path: ["overrides", "weaknessActions"],
      reason: "`weaknessActions` is not an object",
      hint: "write `WEAKNESS: { actions: […], reason: … }`",
    });
  for (const [weakness, item] of isObject(stated) ? Object.entries(stated) : []) {
    const parsed = weaknessOverride.safeParse(item);
    if (parsed.success) {
      actions.push([weakness, parsed.data.actions]);
      reasons.push([weakness, parsed.data.reason]);
    } else
      faults.push(
        ...under(["overrides", "weaknessActions", weakness], faultsOf(weaknessOverride, parsed.error, item)),
      );
  }
  return {
    rules,
    weaknessActions: Object.fromEntries(actions),
    weaknessReasons: Object.fromEntries(reasons),
  };
}

function listReader(value: JsonObject, origin: Origin, faults: Fault[]) {
  const leftOut = new Map<string, readonly PropertyKey[]>();
  return {
    leftOut,
    read<List extends CatalogueList, Item>(
      list: List,
      translate: (entry: CatalogueEntry<List>, origin: Origin) => Item,
      idOf?: (entry: CatalogueEntry<List>) => string,
      clash?: (first: CatalogueEntry<List>, second: CatalogueEntry<List>) => Clash | undefined,
    ): readonly Item[] {
      const schema = catalogueEntries[list] as unknown as z.ZodType<CatalogueEntry<List>>;
      const seen = new Map<string, { readonly index: number; readonly entry: CatalogueEntry<List> }>();
      return listAt(value, list, [list], faults).flatMap((item, index) => {
        const parsed = schema.safeParse(item);
        if (!parsed.success) {
          faults.push(...under([list, index], faultsOf(schema, parsed.error, item)));
          const name = typeof item === "string" ? item : member(item, "id");
          if (typeof name === "string" && named.has(list)) leftOut.set(name, [list, index]);
          return [];
        }
        const id = idOf?.(parsed.data);
        const first = id === undefined ? undefined : seen.get(id);
        if (id !== undefined && first !== undefined) {
          faults.push({
            path: [list, index],
            reason: `\`${id}\` is stated before`,
            hint: "keep one of the two; the first is used",
            ...clash?.(first.entry, parsed.data),
            other: [list, first.index],
          });
          return [];
        }
        if (id !== undefined) seen.set(id, { index, entry: parsed.data });
        return [translate(parsed.data, statedAt(at(origin, [list, index]), item))];
      });
    },
  };
}

const named: ReadonlySet<CatalogueList> = new Set(["people", "teams", "thirdParties"]);

type Clash = Pick<Fault, "reason" | "hint">;

/** R49: exactly one runtime authority per account. */
function twoAuthorities(
  first: CatalogueEntry<"accounts">,
  second: CatalogueEntry<"accounts">,
): Clash | undefined {
  const names = [first.runtimeAuthority, second.runtimeAuthority];
  if (names[0] === names[1] || names.includes(undefined)) return undefined;
  return {
    reason: `account \`${first.id}\` has two runtime authorities, \`${names.join("` and `")}\`; it is stated before`,
    hint: `an account has exactly one (R49): remove one entry; until then \`${first.runtimeAuthority ?? ""}\` counts`,
  };
}

function listAt(
  value: JsonObject,
  key: string,
  path: readonly PropertyKey[],
  faults: Fault[],
): readonly unknown[] {
  const list = member(value, key);
  if (list === undefined || list === null) return [];
  if (Array.isArray(list)) return list as readonly unknown[];
  faults.push({ path, reason: `\`${key}\` is not a list`, hint: "write each entry after a `-`" });
  return [];
}

const at = (origin: Origin, path: readonly (string | number)[]): Origin => ({
  ...origin,
  pointer: path.map((part) => `/${escapePointer(String(part))}`).join(""),
});

function statedAt(origin: Origin, entry: unknown): Origin {
  const by = member(entry, "source");
  return typeof by === "string" ? { ...origin, statedBy: by } : origin;
}

const under = (path: readonly PropertyKey[], faults: readonly Fault[]): readonly Fault[] =>
  faults.map((fault) => ({ ...fault, path: [...path, ...fault.path] }));

const clip = (value: unknown): string =>
  (JSON.stringify(value) ?? "nothing").slice(0, 60).replace(/^"|"$/g, "");

const refused = (reason: string, hint?: string, field?: string): CatalogueReading => ({
  faults: [{ path: field === undefined ? [] : [field], reason, ...(hint === undefined ? {} : { hint }) }],
  leftOut: new Map(),
});
