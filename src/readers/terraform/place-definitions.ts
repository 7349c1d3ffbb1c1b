import type { Definition, Link } from "../../core/estate/index.js";
import { splitAddress } from "./plan.js";

/**
 * Adds file and line to the Terraform definitions whose block is among the sources that were read (`written-in`
 * links). A block is taken only when exactly one can be meant: for a root resource one outside every known module
 * folder, for a module's resource one in the folder that the chain of module blocks leads to; where that source
 * was not read, the block that calls the module.
 */
export function placeDefinitions(
  definitions: readonly Definition[],
  links: readonly Link[],
): readonly Definition[] {
  const blocks = links.filter((link) => link.kind === "written-in");
  if (blocks.length === 0) return definitions;
  const byAddress = new Map<string, Link[]>();
  for (const block of blocks) byAddress.set(block.from, [...(byAddress.get(block.from) ?? []), block]);
  const moduleFolders = new Set(
    blocks.flatMap((block) => (block.from.startsWith("module.") ? (localFolder(block) ?? []) : [])),
  );
  return definitions.map((definition) => {
    if (definition.tool !== "terraform" || definition.line !== undefined) return definition;
    const { modules, local } = splitAddress(definition.address);
    const candidates = (byAddress.get(local) ?? []).filter((block) =>
      modules.length === 0
        ? !moduleFolders.has(folderOf(block.to)) && !/(^|\/)modules\//.test(block.to)
        : foldersOf(modules, byAddress).has(folderOf(block.to)),
    );
    const only =
      candidates.length === 1
        ? candidates[0]
        : candidates.length === 0
          ? callOf(modules, byAddress, moduleFolders)
          : undefined;
    if (only?.origin.line === undefined) return definition;
    if (definition.file !== undefined && !endsWithPath(only.to, definition.file)) return definition;
    return { ...definition, file: definition.file ?? only.to, line: only.origin.line };
  });
}

/**
 * The module block that brings in a resource whose own source was not read: a module of a registry or of another
 * repository. The caller is where somebody here can change it.
 */
function callOf(
  modules: readonly string[],
  byAddress: ReadonlyMap<string, readonly Link[]>,
  moduleFolders: ReadonlySet<string>,
): Link | undefined {
  const [first] = modules;
  if (first === undefined) return undefined;
  const calls = (byAddress.get(`module.${first.replace(/\[.*$/, "")}`) ?? []).filter(
    (call) => !moduleFolders.has(folderOf(call.to)),
  );
  return calls.length === 1 ? calls[0] : undefined;
}

/** The folders to which a chain of module names may lead, starting in any folder that calls the first. */
function foldersOf(
  modules: readonly string[],
  byAddress: ReadonlyMap<string, readonly Link[]>,
): ReadonlySet<string> {
  let folders: Set<string> | undefined;
  for (const part of modules) {
    const calls = byAddress.get(`module.${part.replace(/\[.*$/, "")}`) ?? [];
    const next = calls
      .filter((call) => folders?.has(folderOf(call.to)) ?? true)
      .flatMap((call) => localFolder(call) ?? []);
    folders = new Set(next);
  }
  return folders ?? new Set();
}

/** The folder of a module with a local source; registry and git sources lie elsewhere. */
function localFolder(call: Link): string | undefined {
  if (call.at === undefined || !/^\.\.?(\/|$)/.test(call.at)) return undefined;
  const parts = folderOf(call.to) === "" ? [] : folderOf(call.to).split("/");
  for (const part of call.at.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts[parts.length - 1] !== "..") parts.pop();
    else parts.push(part);
  }
  return parts.join("/");
}

const folderOf = (path: string): string => {
  const plain = path.replaceAll("\\", "/").replace(/^\.\//, "");
  return plain.includes("/") ? plain.slice(0, plain.lastIndexOf("/")) : "";
};

const endsWithPath = (path: string, end: string): boolean => path === end || path.endsWith(`/${end}`);
