import type { z } from "zod";
import { suggestion } from "./nearest.js";

/** What is wrong, where in the value, and what to do. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
  readonly hint?: string;
  /** Where the other half of a contradiction stands: its line is put behind the reason. */
  readonly other?: readonly PropertyKey[];
}

/**
 * The faults that a schema finds in a value, one per place, each with what to write instead; an unknown field comes
 * with the nearest known one.
 */
export function faultsOf(schema: z.ZodType, error: z.ZodError, value: unknown): readonly Fault[] {
  return flatten(error.issues, [], { schema, value });
}

interface Read {
  readonly schema: z.ZodType;
  readonly value: unknown;
}

type Issue = z.core.$ZodIssue;

function flatten(issues: readonly Issue[], above: readonly PropertyKey[], read: Read): readonly Fault[] {
  return issues.flatMap((issue): readonly Fault[] => {
    const path = [...above, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      const known = knownFields(read.schema, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        reason: `\`${key}\` is no known field`,
        hint: suggestion(key, known),
      }));
    }
    if (issue.code === "invalid_union") {
      const meant = meantOf(issue.errors);
      if (meant !== undefined && (depth(meant) > 0 || ownWords(issue.message) === undefined))
        return flatten(meant, path, read);
    }
    return [faultOf(issue, path, read)];
  });
}

/** Of the alternatives the one that the author most likely meant: where the fault lies deepest, or only the value is wrong. */
function meantOf(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const wrongValue = (issues: readonly Issue[]): number =>
    issues.every((issue) => issue.code !== "invalid_type") ? 1 : 0;
  return [...alternatives].sort((a, b) => depth(b) - depth(a) || wrongValue(b) - wrongValue(a))[0];
}

const depth = (issues: readonly Issue[]): number =>
  Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === "unrecognized_keys" ? 1 : 0)));

function faultOf(issue: Issue, path: readonly PropertyKey[], { value }: Read): Fault {
  const step = path.at(-1);
  const field = typeof step === "string" ? step : "";
  const found = valueAt(value, path);
  const words = ownWords(issue.message);
  const hint = hintOf(issue, field, found, words);
  if (found === undefined)
    return {
      path,
      reason: `\`${field}\` is missing`,
      hint: words === undefined ? `add \`${field}: …\`` : hint,
    };
  if (found === null)
    return { path, reason: field === "" ? "the entry is empty" : `\`${field}\` is empty`, hint };
  // What only contradicts another field is said in words of its own; everything else is what was written.
  const said = words !== undefined && !isRemedy(words) ? `: ${words}` : "";
  const name = field === "" ? "the entry" : `\`${field}\``;
  return { path, reason: `${name} is ${shown(found)}${said}`, hint };
}

/** Words that the schema brings itself, and not those of the library. */
const ownWords = (message: string): string | undefined =>
  /^(Invalid|Too |Unrecognized|Expected)/.test(message) ? undefined : message;

/** What to do is written as an order. */
const isRemedy = (words: string): boolean => /^(write|name|quote|leave|give|put|use) /.test(words);

function hintOf(issue: Issue, field: string, found: unknown, words: string | undefined): string {
  if (issue.code === "invalid_value" && typeof found === "string")
    return suggestion(found, issue.values.map(String));
  if (words !== undefined && isRemedy(words)) return words;
  if (words !== undefined) return field === "" ? "mend the entry" : `mend or remove \`${field}\``;
  if (issue.code === "invalid_value") return `write one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "invalid_type") return hintOfType(issue.expected, field, found);
  if (issue.code === "too_small" && issue.origin === "string") return "write a text that is not empty";
  return lower(issue.message);
}

function hintOfType(expected: string, field: string, found: unknown): string {
  const scalar = typeof found === "string" || typeof found === "number" ? String(found) : "…";
  if (expected === "boolean") return "write `true` or `false`";
  if (expected === "array") return `write a list: \`${field === "" ? "" : `${field}: `}[${scalar}]\``;
  if (expected === "object" || expected === "record")
    return `write fields: \`${field === "" ? `{ id: ${scalar} }` : `${field}: { … }`}\``;
  return expected === "string" ? "write a text" : "write a number";
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Readonly<Record<PropertyKey, unknown>>)[step]
        : undefined,
    value,
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value === "string" && value.trim() === "") return "empty";
  return `\`${String(value).slice(0, 60)}\``;
}

const lower = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

interface Inside {
  readonly type?: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
}

/** The fields of the object at `path`, read off the schema itself so that no second list can fall behind. */
function knownFields(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const inside = schema.def as unknown as Inside;
  const wrapped = inside.innerType ?? inside.in;
  if (wrapped !== undefined) return knownFields(wrapped, path);
  if (inside.options !== undefined) return inside.options.flatMap((option) => knownFields(option, path));
  const [step, ...rest] = path;
  if (inside.shape !== undefined) {
    if (step === undefined) return Object.keys(inside.shape);
    const next = inside.shape[String(step)];
    return next === undefined ? [] : knownFields(next, rest);
  }
  const next = inside.element ?? inside.valueType;
  return next === undefined || step === undefined ? [] : knownFields(next, rest);
}
