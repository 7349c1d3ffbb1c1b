import type { z } from "zod";
import { suggestion } from "./nearest.js";

/** What is wrong, where in the value, and what to do. */
export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly reason: string;
  readonly hint?: string;
}

/** The faults that a schema finds in a value, one per place; an unknown field comes with the nearest known one. */
export function faultsOf(schema: z.ZodType, error: z.ZodError): readonly Fault[] {
  return flatten(error.issues, [], schema);
}

function flatten(
  issues: readonly z.core.$ZodIssue[],
  above: readonly PropertyKey[],
  schema: z.ZodType,
): readonly Fault[] {
  return issues.flatMap((issue): readonly Fault[] => {
    const path = [...above, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      const known = knownFields(schema, path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        reason: `\`${key}\` is no known field`,
        hint: suggestion(key, known),
      }));
    }
    if (issue.code === "invalid_union") {
      // Of the alternatives the one that the author most likely meant: where the fault lies deepest.
      const meant = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0];
      if (meant !== undefined && depth(meant) > 0) return flatten(meant, path, schema);
    }
    const missing = issue.code === "invalid_type" && /received undefined/.test(issue.message);
    const field = String(path.at(-1) ?? "");
    if (missing) return [{ path, reason: `\`${field}\` is missing` }];
    return [{ path, reason: field === "" ? lower(issue.message) : `\`${field}\`: ${lower(issue.message)}` }];
  });
}

const depth = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === "unrecognized_keys" ? 1 : 0)));

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
