import type { Clause } from "./condition.js";
import type { Statement } from "./policy.js";

/** Keys that bind an anonymous grant to somebody where their values are fixed (Amazon S3 User Guide, "The meaning of public"). */
const narrowing =
  /^(aws:(sourcearn|sourcevpc|sourcevpce|sourcevpcarn|sourceowner|sourceaccount|sourceorgid|sourceorgpaths|userid|principalarn|principalaccount|principalorgid|principalorgpaths|principalservicename|vpceaccount|vpceorgid)|s3:(dataaccesspointarn|dataaccesspointaccount|x-amz-server-side-encryption-aws-kms-key-id)|kms:calleraccount)$/;

/** An Allow to anyone, with no condition that says whom. */
export function isPublic({ deny, named, conditions }: Statement): boolean {
  if (deny || named === undefined) return false;
  return (named.negated || named.everyone) && !conditions.some(narrows);
}

function narrows({ operator, key, values }: Clause): boolean {
  const name = operator.toLowerCase();
  if (name.includes("not") || name.endsWith("ifexists") || name.startsWith("forall") || name === "null")
    return false;
  const folded = key.toLowerCase();
  if (folded === "aws:sourceip") return values.every((value) => !isWide(value));
  if (folded === "lambda:functionurlauthtype") return values.every((value) => value === "AWS_IAM");
  return narrowing.test(folded) && values.length > 0 && values.every((value) => isFixed(folded, value));
}

function isFixed(key: string, value: string): boolean {
  if (value === "" || value.startsWith("*") || value.includes("${")) return false;
  if (!/[*?]/.test(value)) return true;
  if (!value.startsWith("arn:")) return key.endsWith("orgpaths") && /^o-[a-z0-9]+\//.test(value);
  const parts = value.split(":");
  const owner = parts[2] === "s3" ? (parts[5] ?? "") : (parts[4] ?? "");
  return owner !== "" && !/^[*?]/.test(owner) && !/[*?]/.test(parts[4] ?? "");
}

/** Broader than /8 (IPv4) or /32 (IPv6) counts as the internet. */
function isWide(range: string): boolean {
  const [address = "", length] = range.split("/");
  const bits = length === undefined ? 128 : Number(length);
  return bits < (address.includes(":") ? 32 : 8);
}
