import type { ManagedPolicy, Origin, PolicyUse } from "../estate/index.js";

/** Copies by the use they are of and the document they stand in, so that equal uses stay one object. */
const known = new WeakMap<PolicyUse, Map<string, PolicyUse>>();

/**
 * The default version of a managed policy, pointing to the copy nearest to where it is attached: the same document,
 * else the same folder (one account's export in parts), else the first document that holds it. Policies of AWS stand
 * in the export of every account that uses them; whoever checks an answer opens the file of the account it is about.
 */
export function managedUse(policy: ManagedPolicy | undefined, attached: Origin): PolicyUse | undefined {
  const version = policy?.versions.find(({ isDefault }) => isDefault);
  if (version?.copies === undefined) return version?.use;
  const { path } = attached.source;
  const { use } = version;
  let near: Map<string, PolicyUse> | undefined = known.get(use);
  if (near === undefined) known.set(use, (near = new Map<string, PolicyUse>()));
  let found = near.get(path);
  if (found === undefined) {
    const places = [use.origin, ...version.copies];
    const origin =
      places.find(({ source }) => source.path === path) ??
      places.find(({ source }) => folderOf(source.path) === folderOf(path));
    found = origin === undefined || origin === use.origin ? use : { ...use, origin };
    near.set(path, found);
  }
  return found;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
