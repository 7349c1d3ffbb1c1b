import { readFile, stat } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import type { Change } from "../../core/access/index.js";
import {
  parsePolicyDocument,
  type Definition,
  type PolicyDocument,
  type Rejection,
  type SourceDocument,
} from "../../core/estate/index.js";
import { faultsOf, type Fault } from "../catalogue/faults.js";
import { suggestion } from "../catalogue/nearest.js";
import type { ParsedDocument } from "../document.js";
import { escapePointer, textPositions } from "../drafting/index.js";
import { isObject, member } from "../json-value.js";
import { loadEstate } from "../load-estate.js";
import { readDocument, type DocumentLimits } from "../read-document.js";
import { terraformPlanReader } from "../terraform/index.js";
import { makers } from "./entries.js";
import { changeDocumentName, changeEntries, changeNames, type ChangeName } from "./schema.js";

/** Written by hand or by `remit cut`: megabytes mean that something else was given. */
const changeLimits: DocumentLimits = { bytes: 20_000_000, depth: 60, yamlBytes: 20_000_000 };
const mostChanges = 10_000;

export interface LoadedChanges {
  /** In the order of the document; `pointer` of each for what is said of it later. Empty where nothing may be believed. */
  readonly changes: readonly { readonly change: Change; readonly pointer: string; readonly line?: number }[];
  readonly rejected: readonly Rejection[];
  readonly source: SourceDocument;
}

/**
 * Reads a `remit.change/1` document, YAML or JSON, and the files that it names. Half a change document is none: with any
 * fault `changes` is empty, since what a reader would see of the rest is not what was proposed.
 */
export async function loadChanges(path: string): Promise<LoadedChanges> {
  const shown = path.replaceAll("\\", "/");
  const file = await openFile(path, shown);
  if ("reason" in file) return refused(shown, file);
  const read = readDocument({ path: shown, ...file }, changeLimits);
  if (read.kind === "rejected") return { ...refused(shown, read.rejection), rejected: [read.rejection] };
  const { document } = read;
  const source: SourceDocument = { ...document.source, kind: "remit-change" };
  if (document.format !== "yaml" && document.format !== "json")
    return refused(shown, { reason: `a change document is YAML or JSON, this is ${document.format}` });
  const reading = await readChanges(document, dirname(path));
  const positions = textPositions(document.text);
  const rejected = reading.faults.map((fault): Rejection => ({
    document: shown,
    pointer: fault.path.map((part) => `/${escapePointer(String(part))}`).join(""),
    ...positions(fault.path),
    reason: fault.reason,
    ...(fault.hint === undefined ? {} : { hint: fault.hint }),
  }));
  const changes = reading.changes.map(({ change, at }) => {
    const line = positions(["changes", at])?.line;
    return { change, pointer: `/changes/${String(at)}`, ...(line === undefined ? {} : { line }) };
  });
  return { changes: rejected.length === 0 ? changes : [], rejected, source };
}

const refused = (path: string, { reason, hint }: { reason: string; hint?: string }): LoadedChanges => ({
  changes: [],
  rejected: [{ document: path, reason, ...(hint === undefined ? {} : { hint }) }],
  source: { path, digest: "", kind: "remit-change" },
});

async function openFile(
  path: string,
  shown: string,
): Promise<{ bytes: Buffer; observedAt: string } | { reason: string; hint: string }> {
  try {
    const info = await stat(path);
    if (info.isDirectory()) return { reason: `\`${shown}\` is a directory`, hint: "name the file" };
    if (info.size > changeLimits.bytes)
      return { reason: `\`${shown}\` is larger than 20 MB`, hint: "give a change document, not an export" };
    return { bytes: await readFile(path), observedAt: info.mtime.toISOString() };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return {
      reason: code === "ENOENT" ? `\`${shown}\` does not exist` : `\`${shown}\` cannot be read (${code})`,
      hint: "check the path",
    };
  }
}

interface Reading {
  readonly changes: readonly { readonly change: Change; readonly at: number }[];
  readonly faults: readonly Fault[];
}

async function readChanges({ value }: ParsedDocument, folder: string): Promise<Reading> {
  const only = (reason: string, hint: string, ...path: readonly PropertyKey[]): Reading => ({
    changes: [],
    faults: [{ path, reason, hint }],
  });
  if (!isObject(value))
    return only("a change document is an object", "write `version: 1` and `changes: […]`");
  const schema = member(value, "schema");
  if (schema !== undefined && schema !== changeDocumentName)
    return only(
      `\`${typeof schema === "string" ? schema.slice(0, 60) : typeof schema}\` is no change document`,
      `write \`schema: ${changeDocumentName}\``,
      "schema",
    );
  if (member(value, "version") !== 1)
    return only("`version` is missing or not supported", "write `version: 1`", "version");
  const extra = Object.keys(value).find((key) => !["schema", "version", "changes"].includes(key));
  if (extra !== undefined)
    return only(`\`${extra}\` is no known field`, suggestion(extra, ["schema", "version", "changes"]), extra);
  const list = member(value, "changes");
  if (!Array.isArray(list)) return only("`changes` is missing or no list", "write `changes: […]`", "changes");
  if (list.length > mostChanges)
    return only(`more than ${String(mostChanges)} changes`, "split the document", "changes");
  const changes: { change: Change; at: number }[] = [];
  const faults: Fault[] = [];
  for (const [at, item] of (list as readonly unknown[]).entries()) {
    const change = await readChange(item, folder, (fault) =>
      faults.push({ ...fault, path: ["changes", at, ...fault.path] }),
    );
    if (change !== undefined) changes.push({ change, at });
  }
  return { changes, faults };
}

async function readChange(
  item: unknown,
  folder: string,
  fail: (fault: Fault) => void,
): Promise<Change | undefined> {
  const keys = isObject(item) ? Object.keys(item) : [];
  const name = changeNames.find((known) => keys.includes(known));
  if (name === undefined) {
    const [key] = keys;
    if (key === undefined) fail({ path: [], reason: "a change is an object such as `{ revoke: … }`" });
    else fail({ path: [key], reason: `\`${key}\` is no known change`, hint: suggestion(key, changeNames) });
    return undefined;
  }
  const schema = changeEntries[name];
  const parsed = schema.safeParse(item);
  if (!parsed.success) {
    for (const fault of faultsOf(schema, parsed.error, item)) fail(fault);
    return undefined;
  }
  if (name === "terraformPlan") return planOf(parsed.data as { terraformPlan: string }, folder, fail);
  const place = placeOfDocument(item as Readonly<Record<string, unknown>>, name);
  const policy = place === undefined ? undefined : await readPolicy(place, name, folder, fail);
  if (place !== undefined && policy === undefined) return undefined;
  // The table's entry for `name` takes what the schema of `name` gives.
  const make = makers[name] as (
    entry: unknown,
    files: { policy(): PolicyDocument | undefined },
  ) => Change | undefined;
  return make(parsed.data, { policy: () => policy });
}

const placeOfDocument = (item: Readonly<Record<string, unknown>>, name: ChangeName): unknown => {
  const inner = item[name];
  return isObject(inner) ? member(inner, "document") : undefined;
};

/** A policy document in place, or the path of its file. */
async function readPolicy(
  value: unknown,
  name: ChangeName,
  folder: string,
  fail: (fault: Fault) => void,
): Promise<PolicyDocument | undefined> {
  const path = [name, "document"];
  let content = value;
  if (typeof value === "string" && !value.trimStart().startsWith("{")) {
    const at = besides(folder, value);
    const file = await openFile(at, value);
    if ("reason" in file) {
      fail({ path, ...file });
      return undefined;
    }
    const read = readDocument({ path: value, ...file }, changeLimits);
    if (read.kind === "rejected") {
      const { reason, line } = read.rejection;
      fail({ path, reason: `\`${value}\`${line === undefined ? "" : ` line ${String(line)}`}: ${reason}` });
      return undefined;
    }
    content = read.document.value;
  }
  const { document, problems } = parsePolicyDocument(content);
  for (const problem of problems)
    fail({ path: [...path, ...stepsOf(problem.pointer)], reason: problem.reason });
  return problems.length === 0 ? document : undefined;
}

const stepsOf = (pointer: string): readonly PropertyKey[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

const besides = (folder: string, path: string): string => (isAbsolute(path) ? path : join(folder, path));

async function planOf(
  { terraformPlan: path }: { readonly terraformPlan: string },
  folder: string,
  fail: (fault: Fault) => void,
): Promise<Change | undefined> {
  const at = ["terraformPlan"];
  const file = await openFile(besides(folder, path), path);
  if ("reason" in file) {
    fail({ path: at, ...file });
    return undefined;
  }
  const { estate, rejected, notEstate } = await loadEstate([besides(folder, path)], {
    readers: [terraformPlanReader],
  });
  for (const { reason, pointer } of rejected)
    fail({ path: at, reason: `\`${path}\`${pointer === undefined ? "" : ` at \`${pointer}\``}: ${reason}` });
  if (notEstate.length > 0)
    fail({
      path: at,
      reason: `\`${path}\` is no Terraform plan`,
      hint: "write it with `terraform show -json PLAN`",
    });
  if (rejected.length + notEstate.length > 0) return undefined;
  const definitions: readonly Definition[] = estate.definitions;
  return { kind: "terraformPlan", path, definitions };
}
