import {
  parsePolicyDocument,
  type Definition,
  type Estate,
  type JsonValue,
  type Statement,
} from "../../estate/index.js";
import type { Overlay } from "../engine.js";
import { isPublic } from "../recreate/public-statement.js";
import { prices, type Candidate } from "./candidate.js";

/** The code that sets the weakness, with the values that containment would give (recreation.md 2): merged, it stays gone. */
export function codeCandidates(estate: Estate, address: string, containment: Overlay): readonly Candidate[] {
  const definitions = estate.definitions.filter((item) => item.address === address);
  const values: Record<string, JsonValue> = {};
  for (const definition of definitions) Object.assign(values, safeValues(definition, containment));
  const [first] = definitions;
  if (first === undefined || Object.keys(values).length === 0) return [];
  const place =
    first.file === undefined
      ? address
      : `${first.file}${first.line === undefined ? "" : `:${String(first.line)}`}`;
  return [
    {
      key: `code|${address}`,
      edit: { kind: "changes", changes: [{ kind: "replaceCode", address, set: values }] },
      cause: "code",
      subject: address,
      title: `${place}: no longer set ${Object.keys(values).sort().join(", ")}`,
      cost: prices.code,
      use: "unused",
      interim: false,
      others: 0,
    },
  ];
}

function safeValues({ declares, target }: Definition, { properties }: Overlay): Record<string, JsonValue> {
  const found: Record<string, JsonValue> = {};
  const replaced = new Map<string, JsonValue>();
  for (const [resource, facts] of properties ?? [])
    if (target === undefined || resource === target)
      for (const [name, fact] of facts) if (fact !== undefined) replaced.set(name, fact.value);
  for (const [name, value] of declares) {
    const safe = replaced.get(name);
    if (safe !== undefined) found[name] = safe;
    if (name === "policy" || name === "trustPolicy") {
      const kept = withoutPublic(value);
      if (kept !== undefined) found[name] = kept;
    }
  }
  return found;
}

/** The policy without the statements that let anybody in; undefined where it has none. */
function withoutPublic(value: JsonValue): JsonValue | undefined {
  const { document } = parsePolicyDocument(value);
  if (document === undefined || typeof value !== "object" || value === null || Array.isArray(value))
    return undefined;
  const object = value as { readonly [key: string]: JsonValue };
  const raw = object["Statement"];
  const list: readonly JsonValue[] = Array.isArray(raw)
    ? (raw as readonly JsonValue[])
    : raw === undefined
      ? []
      : [raw];
  const gone = new Set(document.statements.filter(isPublic).map(placeOf));
  if (gone.size === 0) return undefined;
  const kept = list.filter((_, at) => !gone.has(at));
  return kept.length === 0 ? null : { ...object, Statement: kept };
}

const placeOf = ({ pointer }: Statement): number => {
  const at = Number(pointer.slice(pointer.lastIndexOf("/") + 1));
  return Number.isInteger(at) ? at : 0;
};
