import { principalId, type PrincipalId } from "../../estate/index.js";
import type { AccessEngine } from "../engine.js";
import type { CreationRight } from "./offspring.js";

/** Calls that leave something behind that can act, with a thing of that kind that does not exist yet. */
const making: readonly (readonly [action: string, resource: (account: string) => string])[] = [
  ["iam:CreateUser", (account) => `arn:aws:iam::${account}:user/remit-probe`],
  ["iam:CreateRole", (account) => `arn:aws:iam::${account}:role/remit-probe`],
  ["iam:CreateAccessKey", (account) => `arn:aws:iam::${account}:user/remit-probe`],
  ["iam:CreateLoginProfile", (account) => `arn:aws:iam::${account}:user/remit-probe`],
  ["iam:CreateOpenIDConnectProvider", (account) => `arn:aws:iam::${account}:oidc-provider/remit-probe`],
  ["lambda:CreateFunction", (account) => `arn:aws:lambda:us-east-1:${account}:function:remit-probe`],
  ["ec2:RunInstances", (account) => `arn:aws:ec2:us-east-1:${account}:instance/*`],
  [
    "cloudformation:CreateStack",
    (account) => `arn:aws:cloudformation:us-east-1:${account}:stack/remit-probe/*`,
  ],
];

/** Beyond these many identities the rights of the first tell enough. */
const maxAsked = 20;

export function creationRights(
  engine: AccessEngine,
  identities: readonly PrincipalId[],
): readonly CreationRight[] {
  return identities.slice(0, maxAsked).flatMap((as) => {
    const account = engine.estate.principal(principalId(as))?.account;
    const digits = account?.startsWith("aws:") === true ? account.slice(4) : undefined;
    if (digits === undefined || engine.indexOf(as) === undefined) return [];
    return making.flatMap(([action, resource]): readonly CreationRight[] => {
      const verdict = engine.verdict(as, action, resource(digits));
      if (verdict === false) return [];
      // What does not exist yet has no policy of its own that could be missing.
      const open = verdict === "unknown" ? engine.decide(as, action, resource(digits)).missing : [];
      if (verdict === "unknown" && open.every(({ key }) => key.startsWith("resource-policy|"))) return [];
      return [{ action, as, verdict }];
    });
  });
}
