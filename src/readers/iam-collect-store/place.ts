/** Where a file stands in an iam-collect store. `folder` is the entity's own folder, as the user wrote the path. */
export interface StorePlace {
  readonly folder: string;
  readonly file: string;
  readonly partition: string;
  /** Twelve digits, or the organisation's id. */
  readonly owner: string;
  readonly scope: "account" | "organization" | "index";
  /** What follows the owner, without the file: `iam/role/deploy`, `scps/p-1234`. */
  readonly inside: string;
}

const layout =
  /^(?:.*\/)?aws\/(aws(?:-[a-z]+)*)\/(?:accounts\/(\d{12})|organizations\/(o-[a-z0-9]{4,40})|(indexes))(?:\/(.*?))?\/?([^/]+)\.json$/;

/**
 * `aws/PARTITION/accounts/ID/SERVICE/[REGION/][TYPE/]NAME/FILE.json` and `aws/PARTITION/organizations/ID/…`. Names in
 * the path are lower-cased, so nothing but the account and the organisation is taken from it.
 */
export function storePlace(path: string): StorePlace | undefined {
  const match = layout.exec(path);
  if (match === null) return undefined;
  const [, partition = "", account, organization, index, inside = "", file = ""] = match;
  const folder = path.slice(0, path.lastIndexOf("/"));
  const scope = account !== undefined ? "account" : organization !== undefined ? "organization" : "index";
  return {
    folder,
    file,
    partition,
    owner: account ?? organization ?? index ?? "",
    scope,
    inside: inside.replace(/\/$/, ""),
  };
}
