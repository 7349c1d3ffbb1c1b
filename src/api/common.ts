import { z } from "@hono/zod-openapi";
import { problemSchema } from "./problem.js";

/** Ids of cases: `R-7K2Q`. */
export const caseId = z
  .string()
  .regex(/^R-[0-9A-Z]{4,32}$/)
  .openapi({ param: { name: "id", in: "path" }, example: "R-7K2Q" });

export const pageQuery = {
  after: z.string().max(2000).optional().openapi({ description: "`next` of the page before" }),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
};

/** On every write: the same key is carried out once, however often it is delivered. */
export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{8,200}$/)
  .openapi({ param: { name: "idempotency-key", in: "header" }, example: "3f0c8d1e-claim" });

export const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  description,
  content: { "application/json": { schema } },
});

const problem = (description: string) => ({
  description,
  content: { "application/problem+json": { schema: problemSchema } },
});

/** What every route may answer with, beside its own. */
export const faults = {
  400: problem("the request cannot be understood"),
  401: problem("nobody is signed in"),
  403: problem("not yours to see or do"),
  429: problem("too many requests"),
  500: problem("a fault of the server"),
  503: problem("the store does not answer now"),
} as const;

export const notFound = { 404: problem("nothing is there under this address") } as const;
export const gone = { 410: problem("it was here, and is not kept any more") } as const;
export const unusable = { 422: problem("well formed, and cannot be used") } as const;
export const writeFaults = {
  409: problem("a rule forbids it, or the Idempotency-Key was used for something else"),
  412: problem("somebody else has changed it"),
  413: problem("too large"),
  415: problem("this kind of content is not taken"),
  422: problem("well formed, and cannot be used"),
  428: problem("`Idempotency-Key` or `If-Match` is missing"),
} as const;

/** Of answers that hold only what the teams of whoever asked answer for; absent: everything. */
export const narrowed = z.literal(true).optional().describe("only what your teams answer for");

/** A document of core as it is: typed for those who build on it, and described, not repeated, for everybody else. */
export const plain = <Value>(description: string) =>
  z.custom<Value>().openapi({ type: "object", additionalProperties: true, description });
