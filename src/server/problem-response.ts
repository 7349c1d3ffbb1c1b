import { problemKinds, type Problem, type ProblemCode } from "../api/index.js";

/** More than the registry says about this one. */
export interface ProblemDetail {
  readonly detail?: string;
  readonly rule?: string;
  readonly todo?: string;
  readonly roles?: readonly string[];
  readonly people?: readonly string[];
  /** What the caller saw and what is there now (`If-Match`). */
  readonly conflict?: Problem["conflict"];
  /** Seconds until it may work, for `Retry-After`. */
  readonly retryAfter?: number;
  /** Methods that the address takes, for `Allow` (RFC 9110). */
  readonly allow?: readonly string[];
}

/** Thrown by handlers, answered by the server in one place. */
export interface ProblemFault extends Error {
  readonly code: ProblemCode;
  readonly more: ProblemDetail;
}

const marker = Symbol("remit.problem");

export const problem = (code: ProblemCode, more: ProblemDetail = {}): ProblemFault =>
  Object.assign(new Error(more.detail ?? problemKinds[code].title), { [marker]: true, code, more });

export const isProblem = (error: unknown): error is ProblemFault => error instanceof Error && marker in error;

/** application/problem+json (RFC 9457). */
export function problemResponse(code: ProblemCode, reference: string, more: ProblemDetail = {}): Response {
  const { status, title, hint } = problemKinds[code];
  const body: Problem = {
    type: `/problems/${code}`,
    title,
    status,
    hint,
    reference,
    ...(more.detail === undefined ? {} : { detail: more.detail }),
    ...(more.rule === undefined ? {} : { rule: more.rule }),
    ...(more.todo === undefined ? {} : { todo: more.todo }),
    ...(more.roles === undefined ? {} : { roles: [...more.roles] }),
    ...(more.people === undefined ? {} : { people: [...more.people] }),
    ...(more.conflict === undefined ? {} : { conflict: more.conflict }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...(more.retryAfter === undefined ? {} : { "retry-after": String(Math.ceil(more.retryAfter)) }),
      ...(more.allow === undefined ? {} : { allow: more.allow.join(", ") }),
    },
  });
}
