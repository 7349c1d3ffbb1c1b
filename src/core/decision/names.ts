import { parseArn } from "../estate/index.js";

/** `arn:aws:iam::…:role/path/etl-admin` → `etl-admin`; `workload:shop` → `shop`. */
export function shortName(id: string): string {
  const last = id.split(/[/:]/).at(-1);
  return last === undefined || last === "" ? id : last;
}

const credentialWords: Readonly<Record<string, string>> = {
  "access-key": "key",
  sas: "SAS token",
  "storage-key": "storage key",
  "client-secret": "client secret",
  "service-account-key": "service account key",
  "personal-access-token": "access token",
  "oauth-grant": "OAuth grant",
  password: "password of",
};

/**
 * What people call it, without ARNs and ids of providers: a secret by its kind and the ends of its id, a repository
 * and whatever is a name already as it is.
 */
export function nameOf(id: string): string {
  const secret = /^[a-z]+:([a-z-]+)\/(.+)$/.exec(id);
  const words = secret === null ? undefined : credentialWords[secret[1] ?? ""];
  if (words !== undefined) {
    const rest = secret?.[2] ?? "";
    const last = shortName(rest);
    return `${words} ${/^A[A-Z0-9]{15,}$/.test(last) ? `${last.slice(0, 4)}…${last.slice(-4)}` : last}`;
  }
  const arn = parseArn(id);
  if (arn?.resource === "root") return `account ${arn.account}`;
  if (arn !== undefined) {
    // `task-definition/runner:14` is `runner:14`, `function:billing` is `billing`.
    const last = arn.resource.split("/").at(-1) ?? arn.resource;
    return arn.resource.includes("/") ? last : last.slice(last.indexOf(":") + 1);
  }
  if (id.startsWith("/subscriptions/")) return shortName(id);
  // A token subject or repository is a name as it is: its last part alone would say nothing.
  if (/^(repo|project_path|saml|sso):/.test(id)) return id;
  // A number alone names nothing: `machine:runner/1` is `runner 1`.
  const numbered = /^[a-z]+:([a-z-]+)\/(\d+)$/.exec(id);
  if (numbered !== null) return `${numbered[1] ?? ""} ${numbered[2] ?? ""}`;
  if (/^(workload|secret|resource):/.test(id) || /^[a-z]+:[a-z-]+\//.test(id)) return shortName(id);
  return id;
}
