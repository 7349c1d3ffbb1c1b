import { z } from "@hono/zod-openapi";

interface ProblemKind {
  readonly status:
    400 | 401 | 403 | 404 | 405 | 409 | 410 | 412 | 413 | 415 | 421 | 422 | 428 | 429 | 500 | 503;
  readonly title: string;
  readonly hint: string;
}

/** Every fault that the API answers with (RFC 9457). docs/errors.md is this table too; a test keeps them equal. */
export const problemKinds = {
  "bad-request": {
    status: 400,
    title: "the request cannot be understood",
    hint: "compare it with /api/v1/openapi.json",
  },
  "bad-cursor": {
    status: 400,
    title: "this is no cursor of this list",
    hint: "begin the list again without `after`",
  },
  "not-signed-in": {
    status: 401,
    title: "nobody is signed in",
    hint: "send `Authorization: Bearer TOKEN`, or sign in",
  },
  "not-allowed": {
    status: 403,
    title: "this is not yours to see or do",
    hint: "`policy` names the rule; ask somebody who holds the role",
  },
  "wrong-origin": {
    status: 403,
    title: "the request comes from another site or without its token",
    hint: "send the session's token in `X-CSRF-Token`, from the page of this installation",
  },
  "not-found": {
    status: 404,
    title: "nothing is there under this address",
    hint: "lists show what there is; what another team owns is not shown",
  },
  "wrong-method": {
    status: 405,
    title: "this address does not take this method",
    hint: "`Allow` names those that it takes",
  },
  refused: {
    status: 409,
    title: "a rule forbids this move",
    hint: "`rule` names it, `todo` says what to do instead",
  },
  "other-request": {
    status: 409,
    title: "this Idempotency-Key was used for another request",
    hint: "use a new key for a new request",
  },
  "no-longer-stored": {
    status: 410,
    title: "it was here, and is not kept any more",
    hint: "its digest still says which document it was; import it again to see it",
  },
  changed: {
    status: 412,
    title: "somebody else has changed it in the meantime",
    hint: "read it again and send its new ETag in `If-Match`",
  },
  "too-large": {
    status: 413,
    title: "the request is larger than this address takes",
    hint: "split it, or raise the limit in the configuration",
  },
  "wrong-type": {
    status: 415,
    title: "this kind of content is not taken here",
    hint: "send JSON with `Content-Type: application/json`; documents as application/octet-stream",
  },
  "wrong-host": {
    status: 421,
    title: "this is not a name of this machine",
    hint: "use 127.0.0.1, [::1] or localhost",
  },
  unusable: {
    status: 422,
    title: "what was sent is well formed and cannot be used",
    hint: "`detail` says where and why",
  },
  "precondition-required": {
    status: 428,
    title: "a header is missing that protects against doing things twice or over others",
    hint: "send `If-Match` with the ETag that you saw, and an `Idempotency-Key`",
  },
  "too-many": {
    status: 429,
    title: "too many requests",
    hint: "wait as long as `Retry-After` says",
  },
  internal: {
    status: 500,
    title: "a fault of the server",
    hint: "look for `reference` in its log",
  },
  "too-slow": {
    status: 503,
    title: "the answer took too long and was given up",
    hint: "ask for less, or raise the limit in the configuration",
  },
  unavailable: {
    status: 503,
    title: "the store does not answer now",
    hint: "try again in a moment; nothing was half done",
  },
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type ProblemCode = keyof typeof problemKinds;

/** A problem document. `type` is `/problems/CODE`, which answers with its meaning. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional().describe("what exactly, quoting what was sent"),
    hint: z.string().describe("what to do"),
    reference: z.string().describe("id of the request, as in the server's log"),
    rule: z.string().optional().describe("the rule that forbids a move"),
    todo: z.string().optional(),
    roles: z.array(z.string()).optional().describe("roles that may"),
    people: z.array(z.string()).optional().describe("people who may"),
    conflict: z
      .object({
        seen: z.string().describe("ETag that was sent"),
        current: z.string().describe("ETag that is in force"),
        events: z
          .array(z.object({ sequence: z.number().int(), at: z.string(), kind: z.string(), by: z.string() }))
          .optional()
          .describe("of a case: what happened since; at most the last 20"),
      })
      .optional()
      .describe("what was seen and what is there now"),
  })
  .openapi("Problem");

export type Problem = z.infer<typeof problemSchema>;
