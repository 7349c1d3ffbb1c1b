import type { Directory, Identity } from "./directory.js";
import { accountIn } from "./directory.js";
import type { Citation } from "./raw-document.js";

/** How somebody starts as an identity. `sign-in`: a person through SAML or Identity Center. */
export interface WayIn {
  readonly kind: "key" | "password" | "token" | "sign-in" | "service" | "stranger";
  readonly starter: string;
  readonly at: Citation;
}

/** Ways in that the documents show, over-counting where they do not say. Keys of users stand in their own listings. */
export function waysInto(directory: Directory, identity: Identity): readonly WayIn[] {
  return identity.kind === "user" ? userWays(directory, identity) : roleWays(directory, identity);
}

function userWays(directory: Directory, { arn, account, name, at }: Identity): readonly WayIn[] {
  const keys = directory.keys.filter(
    ({ holder, status }) =>
      (holder === arn || holder === `${account}:user/${name}` || holder === `:user/${name}`) &&
      status !== "inactive" &&
      status !== "expired" &&
      status !== "deleted",
  );
  const report = directory.reports.get(arn);
  const found: WayIn[] = keys.map((key) => ({ kind: "key", starter: key.id, at: key.at }));
  if (report?.key === true && keys.length === 0) found.push({ kind: "key", starter: arn, at: report.at });
  if (report?.password === true) found.push({ kind: "password", starter: arn, at: report.at });
  if (report === undefined && keys.length === 0) found.push({ kind: "key", starter: arn, at });
  return found;
}

function roleWays(directory: Directory, { trust, account, arn }: Identity): readonly WayIn[] {
  if (arn.includes(":role/aws-service-role/")) return [];
  return (trust?.statements ?? []).flatMap((statement): readonly WayIn[] => {
    const { named, deny, at } = statement;
    if (deny || named === undefined) return [];
    const strangers = named.aws.filter((name) => {
      const owner = accountIn(name) ?? (/^\d{12}$/.test(name) ? name : undefined);
      return owner !== undefined && owner !== account && !isOurs(directory, owner);
    });
    return [
      ...(named.everyone || named.negated ? [{ kind: "stranger" as const, starter: "*", at }] : []),
      ...strangers.map((starter) => ({ kind: "stranger" as const, starter, at })),
      ...named.federated.map((starter) => ({
        kind: starter.includes(":saml-provider/") ? ("sign-in" as const) : ("token" as const),
        starter,
        at,
      })),
      ...named.service.map((starter) => ({ kind: "service" as const, starter, at })),
    ];
  });
}

const isOurs = (directory: Directory, account: string): boolean => directory.accounts.has(account);
