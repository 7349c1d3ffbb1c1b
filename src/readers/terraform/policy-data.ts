import { isUnknown, openText, type HclBody, type HclValue } from "./hcl-values.js";

/**
 * The policy of a `data "aws_iam_policy_document"` block as JSON text (Terraform AWS provider, data source
 * `aws_iam_policy_document`). Undefined where other documents are merged into it or its statements depend on a run.
 */
export function policyOfData(body: HclBody): string | undefined {
  const statements = body["statement"];
  if (!Array.isArray(statements)) return undefined;
  const merged = Object.keys(body).some((name) => /^(source|override)_(policy_documents|json)$/.test(name));
  if (merged) return undefined;
  const list = (statements as readonly HclValue[]).map(statementOf);
  if (list.some((item) => item === undefined)) return undefined;
  return JSON.stringify({ Version: "2012-10-17", Statement: list });
}

function statementOf(value: HclValue): Readonly<Record<string, unknown>> | undefined {
  if (!isBody(value)) return undefined;
  const principals = blocksOf(value["principals"]);
  const others = blocksOf(value["not_principals"]);
  const conditions = blocksOf(value["condition"]);
  if (principals === undefined || others === undefined || conditions === undefined) return undefined;
  const part = (name: string, key: string): Readonly<Record<string, unknown>> =>
    value[name] === undefined ? {} : { [key]: plain(value[name]) };
  return {
    ...part("sid", "Sid"),
    Effect: plain(value["effect"] ?? "Allow"),
    ...part("actions", "Action"),
    ...part("not_actions", "NotAction"),
    ...part("resources", "Resource"),
    ...part("not_resources", "NotResource"),
    ...(principals.length === 0 ? {} : { Principal: principalOf(principals) }),
    ...(others.length === 0 ? {} : { NotPrincipal: principalOf(others) }),
    ...(conditions.length === 0 ? {} : { Condition: conditionOf(conditions) }),
  };
}

/** Blocks of one name; undefined where a run makes them. */
function blocksOf(value: HclValue | undefined): readonly HclBody[] | undefined {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return undefined;
  const bodies = (value as readonly HclValue[]).filter(isBody);
  return bodies.length === value.length ? bodies : undefined;
}

function principalOf(blocks: readonly HclBody[]): unknown {
  if (blocks.some(({ type }) => type === "*")) return "*";
  const found: Record<string, unknown[]> = {};
  for (const { type, identifiers } of blocks) {
    const kind = typeof type === "string" ? type : openText;
    const ids = plain(identifiers ?? null);
    found[kind] = [...(found[kind] ?? []), ...(Array.isArray(ids) ? (ids as unknown[]) : [openText])];
  }
  return found;
}

function conditionOf(blocks: readonly HclBody[]): unknown {
  const found: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of blocks) {
    const operator = typeof test === "string" ? test : openText;
    const key = typeof variable === "string" ? variable : openText;
    found[operator] = { ...found[operator], [key]: plain(values ?? null) };
  }
  return found;
}

const isBody = (value: HclValue | undefined): value is HclBody =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isUnknown(value);

function plain(value: HclValue | undefined): unknown {
  if (value === undefined || isUnknown(value)) return openText;
  if (Array.isArray(value)) return (value as readonly HclValue[]).map(plain);
  return value;
}
