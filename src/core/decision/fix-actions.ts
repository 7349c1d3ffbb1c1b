import type { Planned } from "./planned.js";
import { settingClosure } from "./setting-closures.js";
import type { Cause, Row } from "./causes.js";
import type { Settled } from "./decided-facts.js";
import { shortName } from "./names.js";
import { principalId } from "../estate/index.js";

/** What the owner of a row would run, and the right it takes (R58). Text only where the call is certain. */
export function fixAction(row: Row, cause: Cause | undefined, settled: Settled): Planned {
  if (row === 11) return settingClosure(settled, "fix");
  if (cause === undefined) return {};
  const { estate } = settled.view.context;
  switch (row) {
    case 1: {
      const credential = settled.view.credentials.find((item) => item.kind === "access-key");
      if (credential === undefined) return {};
      const user = shortName(credential.holder);
      const key = credential.id.replace(/^aws:access-key\//, "");
      return {
        duty: { action: "iam:DeleteAccessKey", resource: credential.holder },
        action: {
          title: `delete the access key of ${user}`,
          kind: "revoke-credential",
          impact: consumersText(credential.consumers, credential.lastUsedAt),
          command: `aws iam delete-access-key --user-name ${user} --access-key-id ${key}`,
          requires: [],
        },
      };
    }
    case 2:
    case 4: {
      const role = roleOf(cause, settled);
      if (role === undefined) return {};
      return {
        duty: { action: "iam:UpdateAssumeRolePolicy", resource: role },
        action: {
          title: `tighten the trust of ${shortName(role)}`,
          kind: "narrow",
          impact: "whoever uses the loose trust today loses it",
          command: `aws iam update-assume-role-policy --role-name ${shortName(role)} --policy-document file://trust.json`,
          requires: ["PRIV_APPROVER"],
        },
      };
    }
    case 3: {
      const holder = estate.principal(principalId(cause.hop.from));
      if (holder === undefined || (holder.kind !== "role" && holder.kind !== "user")) return {};
      const verb = holder.kind === "role" ? "iam:PutRolePolicy" : "iam:PutUserPolicy";
      const flag = holder.kind === "role" ? "--role-name" : "--user-name";
      return {
        duty: { action: verb, resource: holder.id },
        action: {
          title: `narrow what ${holder.name} may do`,
          kind: "narrow",
          impact: `${holder.name} can no longer ${cause.hop.action ?? "take that way"}`,
          command: `aws iam ${holder.kind === "role" ? "put-role-policy" : "put-user-policy"} ${flag} ${holder.name} --policy-name NAME --policy-document file://narrowed.json`,
          requires: ["PRIV_APPROVER"],
        },
      };
    }
    default:
      return {};
  }
}

export function consumersText(consumers: readonly string[], lastUsedAt: string | undefined): string {
  if (consumers.length > 0)
    return `stops ${consumers.map(shortName).join(", ")}, which ${consumers.length === 1 ? "uses" : "use"} it`;
  if (lastUsedAt !== undefined) return `last used ${lastUsedAt.slice(0, 10)} by a consumer that is not known`;
  return "no use is recorded";
}

function roleOf(cause: Cause, settled: Settled): string | undefined {
  const { estate } = settled.view.context;
  return [cause.hop.to, cause.hop.from].find((id) => estate.principal(principalId(id))?.kind === "role");
}
