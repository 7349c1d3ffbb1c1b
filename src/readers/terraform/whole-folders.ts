import { folderOf } from "./place-definitions.js";

/**
 * Folders of which every Terraform source was read: given as folders, no source of them refused, and none in the JSON
 * syntax (`.tf.json`), which is not read. Only there is what is not written known not to be written.
 */
export function wholeSourceFolders(
  inputs: readonly { readonly path: string; readonly withFolder?: true }[],
  rejected: readonly { readonly document: string }[],
): ReadonlySet<string> {
  const folders = new Set<string>();
  const broken = new Set(rejected.map(({ document }) => folderOf(document)));
  for (const { path, withFolder } of inputs) {
    if (/\.tf\.json$/i.test(path)) broken.add(folderOf(path));
    else if (/\.tf$/i.test(path)) (withFolder === true ? folders : broken).add(folderOf(path));
  }
  return new Set([...folders].filter((folder) => !broken.has(folder)));
}
