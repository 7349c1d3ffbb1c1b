import type { JsonValue } from "../../core/estate/index.js";
import { isRecord, listOf } from "../drafting/index.js";
import { attributesOf } from "./attributes.js";
import { declarationOf } from "./definition.js";
import { isUnknown, openText, type HclBody, type HclValue } from "./hcl-values.js";

/** Attributes that only say which thing is meant or where it lies: that they are references changes nothing that is declared. */
const naming = new Set(
  (
    "arn bucket role user group repository function_name security_group_id key_id queue_url domain_name id name tags " +
    "vpc_security_group_ids security_groups vpc_id subnet_id subnet_ids iam_instance_profile instance_profile " +
    "access_point_arn image_id identifier account_id provider depends_on lifecycle count for_each"
  ).split(" "),
);

/**
 * What a block declares by what is written out in it, in the vocabulary of `resource-properties.ts`. A value that
 * only a run knows leaves everything out that could rest on it: then the state is asked.
 */
export function writtenValues(type: string, body: HclBody): ReadonlyMap<string, JsonValue> {
  const known = Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) => (isOpen(value) ? [] : [[name, plain(value)]])),
  );
  const asked = new Set<string>();
  const attributes = attributesOf(
    known,
    { partition: "aws" },
    () => undefined,
    (name) => asked.add(name),
  );
  const declares = declarationOf(type, attributes)?.declares ?? {};
  const open = Object.keys(body).some((name) => asked.has(name) && !naming.has(name) && !(name in known));
  if (open) return new Map();
  return new Map(
    Object.entries(declares).flatMap(([name, value]): readonly [string, JsonValue][] =>
      value === undefined || !isSettled(value) ? [] : [[name, value]],
    ),
  );
}

/** A policy text may name resources that only a run knows; of anything else the value has to be all there. */
function isOpen(value: HclValue): boolean {
  if (isUnknown(value)) return true;
  if (typeof value === "string") return value.includes(openText) && !/^\s*[{[]/.test(value);
  if (Array.isArray(value)) return (value as readonly HclValue[]).some(isOpen);
  return typeof value === "object" && value !== null && Object.values(value).some(isOpen);
}

const plain = (value: HclValue): unknown => value;

/** Whom a policy lets in and what to do is written out; which resources may rest on others. */
function isSettled(value: JsonValue): boolean {
  if (!isRecord(value)) return !JSON.stringify(value).includes(openText);
  const statements = isRecord(value["Statement"]) ? [value["Statement"]] : listOf(value["Statement"]);
  return statements.every(
    (statement) =>
      isRecord(statement) &&
      Object.entries(statement).every(
        ([name, part]) =>
          name === "Resource" ||
          name === "NotResource" ||
          name === "Sid" ||
          !JSON.stringify(part).includes(openText),
      ),
  );
}
