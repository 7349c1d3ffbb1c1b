import { evidenceAt, type CodeOwnersFile, type Estate, type Pipeline } from "../estate/index.js";
import type { OwnershipScope } from "./answerable.js";
import { ownersOf } from "./codeowners.js";
import type { EstateIndex } from "./estate-index.js";
import type { Column, Rejected, Sighting } from "./owner-evidence.js";

interface Found {
  readonly sightings: readonly Sighting[];
  readonly rejected: readonly Rejected[];
}

interface Source {
  readonly repository?: string;
  readonly file: string;
  /** `file` is where it was read: what lies outside the folder of a CODEOWNERS file is not of its repository. */
  readonly read?: true;
}

/** CODEOWNERS of the code that defines the exposed thing, or for identities of the code that defines those. */
export function codeSightings(index: EstateIndex, about: OwnershipScope, column: Column): Found {
  const files = new Map<string, Source & { readonly near: boolean }>();
  const add = (source: Source, near: boolean): void => {
    const key = `${source.repository ?? ""} ${source.file}`;
    if (files.get(key)?.near !== false) files.set(key, { ...source, near });
  };
  const ofIdentities = column === "identity" || column === "workload-identity";
  if (column !== "identity") for (const file of about.files) add(file, ofIdentities);
  for (const id of ofIdentities ? about.principals : []) {
    for (const { file, repository } of index.definitionsOf(id))
      if (file !== undefined) add({ file, ...(repository === undefined ? {} : { repository }) }, false);
  }
  const results = [...files.values()].map((file) =>
    fileOwners(index, file, "code-owners", `CODEOWNERS of ${file.file}`, file.near ? 0.6 : 1),
  );
  const workflows =
    column === "workload-identity" || column === "build"
      ? about.principals
          .flatMap((role) => index.pipelinesOf(role))
          .map((pipeline) => workflowOwners(index, pipeline, 1))
      : [];
  return join([...results, ...workflows]);
}

/** Who owns the workflow file of a pipeline: where a machine leads to people (automation filter). */
export function workflowOwners(index: EstateIndex, pipeline: Pipeline, directness: 1 | 0.6): Found {
  const [stated, workflow] = pipeline.id.split("#");
  const repository = pipeline.repository ?? stated;
  const named = pipeline.file ?? workflow;
  if (named === undefined || repository === undefined)
    return {
      sightings: [],
      rejected: [{ candidate: pipeline.id, reason: "automation; its workflow file is not known" }],
    };
  const file = named.includes("/") ? named : `.github/workflows/${named}`;
  const read = plainPath(pipeline.origin.source.path);
  const source: Source =
    pipeline.repository === undefined && read.endsWith(file)
      ? { file: read, read: true }
      : { repository, file };
  return fileOwners(index, source, "workflow-owners", `CODEOWNERS of workflow ${pipeline.id}`, directness);
}

function fileOwners(
  index: EstateIndex,
  source: Source,
  kind: "code-owners" | "workflow-owners",
  words: string,
  directness: 1 | 0.6,
): Found {
  const codeOwners = fileOf(index, source);
  if (codeOwners === undefined) {
    const reason =
      index.estate.codeOwners.length === 0
        ? "no CODEOWNERS file was supplied"
        : `no CODEOWNERS file is known to be that of ${source.repository ?? "its repository"}`;
    return { sightings: [], rejected: [{ candidate: words, reason }] };
  }
  const path = relativePath(codeOwners, source.file);
  const result = ownersOf(codeOwners, path);
  const [rule] = result.rules;
  if (result.state !== "owned") {
    const reason =
      result.state === "unowned"
        ? `deliberately unowned by line ${String(rule?.line ?? "?")}`
        : "no rule speaks of the file";
    return { sightings: [], rejected: [{ candidate: words, reason }] };
  }
  const { pointer: _pointer, ...origin } = codeOwners.origin;
  return {
    rejected: [],
    sightings: result.owners.map((owner) => {
      const said = result.rules.find((item) => item.owners.includes(owner));
      return {
        kind,
        raw: owner,
        source: words,
        directness,
        ...(/^@[^/]+$/.test(owner) ? { person: true } : {}),
        evidence: evidenceAt(
          said === undefined ? codeOwners.origin : { ...origin, line: said.line },
          `${said?.pattern ?? path} ${owner}`,
        ),
      };
    }),
  };
}

/** Who owns a file after CODEOWNERS, as written there; empty where no file speaks of it. */
export function codeOwnersOf(estate: Estate, source: Source): readonly string[] {
  const file = fileOf({ estate }, source);
  return file === undefined ? [] : ownersOf(file, relativePath(file, source.file)).owners;
}

/** The file of that repository; without names only where there is exactly one and nothing contradicts it. */
function fileOf(index: Pick<EstateIndex, "estate">, source: Source): CodeOwnersFile | undefined {
  const { codeOwners } = index.estate;
  const named = codeOwners.find(
    (file) => source.repository !== undefined && file.repository === source.repository,
  );
  if (named !== undefined) return named;
  const around = codeOwners
    .filter((file) => rootOf(file) !== "" && plainPath(source.file).startsWith(rootOf(file)))
    .filter((file) => file.repository === undefined || source.repository === undefined)
    .sort((a, b) => rootOf(b).length - rootOf(a).length);
  if (around[0] !== undefined) return around[0];
  const [only, second] = codeOwners;
  if (only === undefined || second !== undefined || source.repository !== undefined) return undefined;
  return source.read === true && rootOf(only) !== "" ? undefined : only;
}

/** Rules are relative to the repository; a file read from disk may carry the way to it in front. */
function relativePath(file: CodeOwnersFile, path: string): string {
  const root = rootOf(file);
  const plain = plainPath(path);
  return root !== "" && plain.startsWith(root) ? plain.slice(root.length) : plain;
}

/** The folder of the repository as far as the path of its CODEOWNERS file tells, with a slash, or nothing. */
const rootOf = (file: CodeOwnersFile): string =>
  plainPath(file.origin.source.path).replace(/(?:(?:\.github|\.gitlab|docs)\/)?[^/]*$/, "");

const plainPath = (path: string): string => path.replaceAll("\\", "/").replace(/^\.\//, "");

const join = (parts: readonly Found[]): Found => ({
  sightings: parts.flatMap((part) => part.sightings),
  rejected: parts.flatMap((part) => part.rejected),
});
