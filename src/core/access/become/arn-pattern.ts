import { parseArn, type AccountId } from "../../estate/index.js";
import { globMatches } from "../glob.js";

/** Action names are matched without regard to case (IAM reference, "Action"). */
export const matchesAction = (pattern: string, action: string): boolean =>
  globMatches(pattern.toLowerCase(), action.toLowerCase());

/**
 * A resource that `pattern` would match if it existed in `account`: wildcards are filled in. Undefined when the
 * pattern names another account or is no ARN. The result never claims that such a resource exists.
 */
export function witnessOf(pattern: string, account: AccountId): string | undefined {
  const arn = parseArn(pattern);
  if (arn === undefined) return undefined;
  const digits = account.startsWith("aws:") ? account.slice(4) : account;
  if (arn.account !== "" && !globMatches(arn.account, digits)) return undefined;
  const fill = (text: string, star: string): string =>
    text
      .replace(/\$\{[^}]*\}/g, "x")
      .replace(/\*+/g, star)
      .replace(/\?/g, "x");
  const partition = fill(arn.partition, "aws");
  return `arn:${partition}:${fill(arn.service, "x")}:${fill(arn.region, "us-east-1")}:${digits}:${fill(arn.resource, "x")}`;
}

/**
 * A Terraform address where AWS has a name (`…:aws_instance/target`, `…:aws_lambda_function/f`): the document was
 * rendered from code and not read from AWS. Which resource it stands for is unknown, never "none".
 */
export function isUnresolvedAddress(pattern: string): boolean {
  const arn = parseArn(pattern);
  return arn !== undefined && /^aws_[a-z0-9_]+[/.:]/.test(arn.resource);
}
