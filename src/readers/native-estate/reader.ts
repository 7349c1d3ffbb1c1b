import type { z } from "zod";
import type { SourceDocument } from "../../core/estate/index.js";
import { draftReading, isRecord, placeAt, textOf, type Draft, type Place } from "../drafting/index.js";
import type { EstateReader, EstateReadContext } from "../estate-reader.js";
import { identityTranslators } from "./identities.js";
import { textPositions } from "../drafting/index.js";
import { nativeEntries, nativeSchemaName, type NativeList } from "./schema.js";
import { time } from "./scalars.js";
import type { NativeTranslators, Telling } from "./telling.js";
import { thingTranslators } from "./things.js";

const translators: NativeTranslators = { ...identityTranslators, ...thingTranslators };
const lists = Object.keys(nativeEntries) as NativeList[];
const maxRejections = 200;

/** The native estate document, written by hand or by another tool. */
export const nativeEstateReader: EstateReader = {
  kind: "native-estate",
  title: "native estate document",
  recognises: ({ value }) => isRecord(value) && textOf(value["schema"])?.startsWith("remit.estate/") === true,
  read(document, context) {
    const draft = draftReading(context);
    const value = document.value;
    if (!isRecord(value)) return draft.reading();
    const positions = textPositions(
      document.format === "json" || document.format === "yaml" ? document.text : "",
    );
    let faults = 0;
    const reject = (path: readonly PropertyKey[], reason: string, hint?: string): void => {
      faults += 1;
      if (faults > maxRejections) return;
      const at = draft.root.at(...path.map(pointerPart));
      draft.reject(at, reason, { ...(hint === undefined ? {} : { hint }), ...positions(path) });
    };

    if (value["schema"] !== nativeSchemaName) {
      reject(
        ["schema"],
        `\`${String(value["schema"])}\` is not supported`,
        `write \`schema: ${nativeSchemaName}\``,
      );
      return draft.reading();
    }
    const heading = headingOf(value, reject);
    for (const key of Object.keys(value)) {
      if (!["schema", "source", "observedAt", ...lists].includes(key)) {
        reject([key], `\`${key}\` is no known list`, `known: ${lists.join(", ")}`);
      }
    }
    for (const list of lists) {
      const items = value[list];
      if (items === undefined || items === null) continue;
      if (!Array.isArray(items)) reject([list], `\`${list}\` is not a list`, "write each entry after a `-`");
      else readList(list, items as unknown[], draft, sourceOf(context, heading), reject);
    }
    if (faults > maxRejections)
      draft.reject(draft.root, `${faults - maxRejections} more faults are not listed`);
    return draft.reading();
  },
};

interface Heading {
  readonly source?: string;
  readonly observedAt?: string;
}

type Reject = (path: readonly PropertyKey[], reason: string, hint?: string) => void;

function headingOf(value: Readonly<Record<string, unknown>>, reject: Reject): Heading {
  const observed = value["observedAt"] === undefined ? undefined : time.safeParse(value["observedAt"]);
  if (observed?.success === false) reject(["observedAt"], observed.error.issues[0]?.message ?? "no time");
  const source = textOf(value["source"]);
  if (value["source"] !== undefined && source === undefined) reject(["source"], "write a text");
  return {
    ...(source === undefined ? {} : { source }),
    ...(observed?.success === true ? { observedAt: observed.data } : {}),
  };
}

const sourceOf = (
  context: EstateReadContext,
  heading: Heading,
): Heading & { readonly document: SourceDocument } => ({
  ...heading,
  document:
    heading.observedAt === undefined ? context.source : { ...context.source, observedAt: heading.observedAt },
});

function readList(
  list: NativeList,
  items: readonly unknown[],
  draft: Draft,
  stated: Heading & { readonly document: SourceDocument },
  reject: Reject,
): void {
  const seen = new Map<string, number>();
  items.forEach((item, index) => {
    const parsed = (nativeEntries[list] as z.ZodType).safeParse(item);
    if (!parsed.success) {
      for (const issue of flatten(parsed.error.issues, []))
        reject([list, index, ...issue.path], issue.message);
      return;
    }
    const id = isRecord(item) ? (textOf(item["id"]) ?? textOf(item["arn"])) : undefined;
    const first = id === undefined ? undefined : seen.get(id);
    if (first !== undefined) {
      reject([list, index], `\`${id ?? ""}\` is stated before, at \`/${list}/${first}\``);
      return;
    }
    if (id !== undefined) seen.set(id, index);
    let whole = true;
    const telling: Telling = {
      draft,
      index,
      place: placeOf(stated, item, `/${list}/${index}`),
      fault: (reason, path = []) => {
        whole = false;
        reject([list, index, ...path], reason);
      },
    };
    // The list picks both the schema and the translator, so that the entry fits.
    (translators[list] as (entry: unknown, telling: Telling) => void)(parsed.data, telling);
    if (whole) draft.count(list);
  });
}

function placeOf(
  stated: Heading & { readonly document: SourceDocument },
  item: unknown,
  pointer: string,
): Place {
  const entry = isRecord(item) ? item : {};
  const observed = time.safeParse(entry["observedAt"]);
  const statedBy = textOf(entry["source"]) ?? stated.source;
  return placeAt({
    source: observed.success ? { ...stated.document, observedAt: observed.data } : stated.document,
    pointer,
    ...(statedBy === undefined ? {} : { statedBy }),
  });
}

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** One fault per place: of the alternatives of a union the one that the author most likely meant. */
function flatten(issues: readonly z.core.$ZodIssue[], above: readonly PropertyKey[]): readonly Fault[] {
  return issues.flatMap((issue): readonly Fault[] => {
    const path = [...above, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key], message: `\`${key}\` is no known field` }));
    }
    if (issue.code === "invalid_union") {
      const meant = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0];
      if (meant !== undefined && depth(meant) > 0) return flatten(meant, path);
    }
    return [{ path, message: lowerFirst(issue.message) }];
  });
}

/** A fault deep inside says that the author meant this form; so does a fault of content beside one of type. */
const depth = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(
    0,
    ...issues.map((issue) =>
      issue.code === "unrecognized_keys" || issue.code === "custom"
        ? 1 + issue.path.length
        : issue.path.length,
    ),
  );

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const pointerPart = (part: PropertyKey): string | number => (typeof part === "number" ? part : String(part));
