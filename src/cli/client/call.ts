import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import type { Problem } from "../../api/index.js";
import { fault } from "../errors.js";
import type { Door } from "./door.js";
import { problemFault } from "./problem-fault.js";

/** A route of `src/api`, as far as a caller needs it. */
interface Route {
  readonly method: string;
  readonly path: string;
  readonly responses: object;
}

interface JsonBody<Schema> {
  readonly content: { readonly "application/json": { readonly schema: Schema } };
}

/** What a route answers with where it succeeds. */
export type BodyOf<R extends Route> = R["responses"] extends
  { readonly 200: JsonBody<infer Schema> } | { readonly 201: JsonBody<infer Schema> }
  ? Schema extends z.ZodType
    ? z.output<Schema>
    : never
  : never;

export interface CallRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a form is sent as it is. */
  readonly body?: object;
  /** Sent as it is; its type is in `headers`. */
  readonly raw?: Uint8Array<ArrayBuffer>;
  /** Milliseconds until an answer is no longer waited for. */
  readonly patience?: number;
}

export type Answer<Body> =
  /** `at`: the time by the clock of the installation, which its clocks are told by. */
  | { readonly kind: "answered"; readonly body: Body; readonly etag?: string; readonly at?: string }
  | { readonly kind: "problem"; readonly problem: Problem };

/** Delivered again with the same Idempotency-Key, a move is carried out once: trying again is safe. */
const pauses = [150, 400, 1200] as const;
const longestPause = 10_000;
const usualPatience = 120_000;

/** Asks, again where it may help; a problem is a value, what is no answer of ours a fault. */
export async function call<R extends Route>(
  door: Door,
  route: R,
  request: CallRequest = {},
): Promise<Answer<BodyOf<R>>> {
  const path = pathOf(route, request);
  for (let tries = 0; ; tries += 1) {
    const again = pauses[tries];
    const response = await deliver(door, route, path, request).catch((error: unknown) => {
      if (again === undefined || !isSafe(route, request) || isTimeout(error))
        throw fault("server-away", `${door.place} (${reasonOf(error)})`, error);
      return undefined;
    });
    if (response === undefined) {
      await sleep(again);
      continue;
    }
    const wait = pauseOf(response, again);
    if (wait !== undefined && isSafe(route, request)) {
      await response.body?.cancel();
      await sleep(wait);
      continue;
    }
    return read<R>(door, route, response);
  }
}

/** The body, or the problem as a fault of the command line. */
export async function ask<R extends Route>(door: Door, route: R, request: CallRequest = {}) {
  const answer = await call(door, route, request);
  if (answer.kind === "problem") throw problemFault(answer.problem);
  return answer;
}

function pathOf(route: Route, { params = {}, query = {} }: CallRequest): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const stated = Object.entries(query).flatMap(([name, value]): readonly [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return stated.length === 0 ? path : `${path}?${new URLSearchParams(stated).toString()}`;
}

async function deliver(
  door: Door,
  { method }: Route,
  path: string,
  { headers, body, raw, patience = usualPatience }: CallRequest,
): Promise<Response> {
  const form = body instanceof FormData;
  return door.send(path, {
    method: method.toUpperCase(),
    headers: {
      accept: "application/json, application/problem+json",
      authorization: `Bearer ${door.token}`,
      ...(body === undefined || form ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    ...(raw === undefined ? {} : { body: raw }),
    signal: AbortSignal.timeout(patience),
  });
}

const isSafe = ({ method }: Route, { headers = {} }: CallRequest): boolean =>
  method.toUpperCase() === "GET" || "idempotency-key" in headers;

/** Only where the server says that it may work later (RFC 9110, 10.2.3). */
function pauseOf({ status, headers }: Response, again: number | undefined): number | undefined {
  if (again === undefined || (status !== 429 && status !== 503)) return undefined;
  const stated = Number(headers.get("retry-after") ?? "");
  return Math.min(Math.max(again, Number.isFinite(stated) ? stated * 1000 : 0), longestPause);
}

async function read<R extends Route>(door: Door, route: R, response: Response): Promise<Answer<BodyOf<R>>> {
  const type = (response.headers.get("content-type") ?? "").split(";")[0];
  const text = await response.text();
  const value = type?.endsWith("json") === true ? parsed(text) : undefined;
  if (response.ok && response.status === 204)
    return { kind: "answered", body: undefined as unknown as BodyOf<R> };
  if (response.ok && value !== undefined && fits(route, response.status, value)) {
    const [etag, at] = [response.headers.get("etag"), response.headers.get("x-remit-time")];
    return {
      ...{ kind: "answered", body: value as BodyOf<R> },
      ...(etag === null ? {} : { etag }),
      ...(at === null || Number.isNaN(Date.parse(at)) ? {} : { at }),
    };
  }
  const { problemSchema } = await import("../../api/index.js");
  const problem = problemSchema.safeParse(value);
  if (!response.ok && problem.success) return { kind: "problem", problem: problem.data };
  throw fault("not-remit", `${door.place} answers ${String(response.status)}`);
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Whether this release understands the answer; another release may have written it. */
function fits({ responses }: Route, status: number, value: unknown): boolean {
  const found = (responses as Readonly<Record<number, Partial<JsonBody<z.ZodType>>>>)[status];
  const schema = found?.content?.["application/json"].schema;
  return schema === undefined || schema.safeParse(value).success;
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === "TimeoutError";

/** What the system calls it: `ECONNREFUSED`; never an address with a token in it. */
function reasonOf(error: unknown): string {
  if (isTimeout(error)) return "no answer in time";
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (typeof code === "string") return code;
  return cause instanceof Error ? cause.message : error instanceof Error ? error.message : String(error);
}
