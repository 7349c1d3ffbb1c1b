import type { Definition, Link } from "../../core/estate/index.js";
import { laterOf } from "../merge/newer.js";
import { splitAddress } from "./plan.js";

/**
 * Holds the Terraform definitions against the sources that were read (`written-in` links): adds file and line, and
 * what the code says now where it is written out. A block is taken only when exactly one can be meant: for a root
 * resource one outside every known module folder, for a module's resource one in the folder that the chain of module
 * blocks leads to; where that source was not read, the block that calls the module.
 *
 * `folders`: those of which every source was read. A resource that stands in a state and no longer in such a folder
 * is gone from the code, and the next apply takes it away.
 */
export function placeDefinitions(
  definitions: readonly Definition[],
  links: readonly Link[],
  folders: ReadonlySet<string> = new Set(),
): readonly Definition[] {
  const sources = sourcesOf(links.filter((link) => link.kind === "written-in"));
  const found = definitions.map((definition): Placed => {
    const place =
      definition.tool !== "terraform" || definition.line !== undefined
        ? undefined
        : placeOf(definition, sources);
    return { definition, ...(place === undefined ? {} : place) };
  });
  const homes = homesOf(found);
  return found.map(({ definition, block, own }) => {
    if (definition.tool !== "terraform") return definition;
    const home = homes.get(definition.origin.source.path);
    if (block?.origin.line === undefined) {
      const gone = block === undefined && isUnwritten(definition, home, sources, folders);
      return gone ? { ...definition, status: "destroyed" as const } : definition;
    }
    return {
      ...definition,
      file: definition.file ?? block.to,
      line: block.origin.line,
      written: block.origin,
      ...(own === true && home !== undefined ? { declares: saidBySource(definition, block) } : {}),
    };
  });
}

interface Placed {
  readonly definition: Definition;
  readonly block?: Link;
  /** It is the block itself and not the call of the module that holds it. */
  readonly own?: boolean;
}

interface Sources {
  readonly byAddress: ReadonlyMap<string, readonly Link[]>;
  readonly moduleFolders: ReadonlySet<string>;
}

function sourcesOf(blocks: readonly Link[]): Sources {
  const byAddress = new Map<string, Link[]>();
  for (const block of blocks) {
    const list = byAddress.get(block.from);
    if (list === undefined) byAddress.set(block.from, [block]);
    else list.push(block);
  }
  const moduleFolders = new Set(
    blocks.flatMap((block) => (block.from.startsWith("module.") ? (localFolder(block) ?? []) : [])),
  );
  return { byAddress, moduleFolders };
}

function placeOf(
  definition: Definition,
  { byAddress, moduleFolders }: Sources,
): Pick<Placed, "block" | "own"> | undefined {
  const { modules, local } = splitAddress(definition.address);
  const candidates = (byAddress.get(local) ?? []).filter((block) =>
    modules.length === 0
      ? !moduleFolders.has(folderOf(block.to)) && !/(^|\/)modules\//.test(block.to)
      : foldersOf(modules, byAddress).has(folderOf(block.to)),
  );
  const own = candidates.length === 1 ? candidates[0] : undefined;
  const block = own ?? (candidates.length === 0 ? callOf(modules, byAddress, moduleFolders) : undefined);
  if (block === undefined) return undefined;
  if (definition.file !== undefined && !endsWithPath(block.to, definition.file)) return undefined;
  return { block, own: own !== undefined };
}

/**
 * What the next apply sets is what the code says, whatever an earlier apply has set. A plan was worked out from code
 * itself: one that is later than the source knows better.
 */
function saidBySource(definition: Definition, block: Link): Definition["declares"] {
  if (block.declares === undefined || definition.status === "destroyed") return definition.declares;
  const planned = definition.origin.source.kind === "terraform-plan";
  if (planned && laterOf(block.origin, definition.origin) === "second") return definition.declares;
  return new Map([...definition.declares, ...block.declares]);
}

/**
 * The folder in which the root of a state or plan is written, by its document. Addresses such as `aws_s3_bucket.this`
 * are the same in many a root, so a document only has a home where it lies in that folder or most of what it holds is
 * written there, and where no other state claims the folder.
 */
function homesOf(found: readonly Placed[]): ReadonlyMap<string, string> {
  const documents = new Map<string, { kind: string; all: number; placed: number; folders: Set<string> }>();
  for (const { definition, block } of found) {
    if (definition.tool !== "terraform") continue;
    const { path, kind } = definition.origin.source;
    const entry = documents.get(path) ?? { kind, all: 0, placed: 0, folders: new Set<string>() };
    documents.set(path, entry);
    entry.all += 1;
    if (block === undefined) continue;
    entry.placed += 1;
    if (splitAddress(definition.address).modules.length === 0) entry.folders.add(folderOf(block.to));
  }
  const claims = [...documents].flatMap(([path, { kind, all, placed, folders }]) => {
    const [folder] = folders;
    if (folder === undefined || folders.size > 1) return [];
    return folder === folderOf(path) || placed * 2 > all ? [{ path, kind, folder }] : [];
  });
  return new Map(
    claims
      .filter(({ kind, folder }) => claims.filter((o) => o.kind === kind && o.folder === folder).length === 1)
      .map(({ path, folder }) => [path, folder]),
  );
}

/** Only what a state remembers can have left the code; a plan says itself what will be. */
function isUnwritten(
  definition: Definition,
  home: string | undefined,
  { byAddress }: Sources,
  folders: ReadonlySet<string>,
): boolean {
  if (definition.status !== "applied" || definition.origin.source.kind !== "terraform-state") return false;
  const { modules, local } = splitAddress(definition.address);
  const possible = modules.length === 0 ? [home] : [...foldersOf(modules, byAddress)];
  const [folder] = possible;
  if (home === undefined || folder === undefined || possible.length !== 1 || !folders.has(folder))
    return false;
  return !(byAddress.get(local) ?? []).some((block) => folderOf(block.to) === folder);
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

export const folderOf = (path: string): string => {
  const plain = path.replaceAll("\\", "/").replace(/^\.\//, "");
  return plain.includes("/") ? plain.slice(0, plain.lastIndexOf("/")) : "";
};

const endsWithPath = (path: string, end: string): boolean => path === end || path.endsWith(`/${end}`);
