import type { Problem } from "../../api/index.js";

/** What the server says instead of an answer; `problem.hint` tells what to do. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.title);
  }
}

/** No answer came: the server is away or the network is. */
export class AwayError extends Error {
  override readonly name = "AwayError";
}

export interface Answer<Value> {
  readonly value: Value;
  /** Version of what was read; goes back in `ifMatch`. */
  readonly etag: string | undefined;
}

export interface Sending {
  readonly method: "POST" | "PUT" | "PATCH" | "DELETE";
  /** JSON, unless it is a form or a text with its type. */
  readonly body?: unknown;
  readonly type?: string;
  readonly ifMatch?: string;
  /** The same key is carried out once, however often it is sent: keep it over retries. */
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** Told again and again how many bytes of the body have left, of how many. */
  readonly onSent?: (bytes: number, of: number) => void;
}

let csrf = "";

/** Of the session; every write carries it. */
export function keepCsrf(token: string): void {
  csrf = token;
}

/** `path`: `/api/v1/…`. Rejects with ProblemError or AwayError. */
export async function read<Value>(path: string, signal?: AbortSignal): Promise<Answer<Value>> {
  return answerOf<Value>(await reach(path, signal === undefined ? {} : { signal }));
}

export async function send<Value>(path: string, sending: Sending): Promise<Answer<Value>> {
  const { method, body, type, ifMatch, key, signal, onSent } = sending;
  const asIs = body instanceof FormData || typeof body === "string";
  const headers = new Headers({ "idempotency-key": key ?? crypto.randomUUID() });
  if (csrf !== "") headers.set("x-csrf-token", csrf);
  if (ifMatch !== undefined) headers.set("if-match", ifMatch);
  if (type !== undefined) headers.set("content-type", type);
  else if (body !== undefined && !asIs) headers.set("content-type", "application/json");
  if (onSent !== undefined && body instanceof FormData)
    return answerOf<Value>(await upload(path, { method, headers, body, onSent }));
  return answerOf<Value>(
    await reach(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: asIs ? body : JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: "same-origin" });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new AwayError("no answer from the server", { cause: error });
  }
}

interface Upload extends Required<Pick<Sending, "method" | "onSent">> {
  readonly headers: Headers;
  readonly body: FormData;
}

/** `fetch` tells nothing of what has left; this does. */
function upload(path: string, { method, headers, body, onSent }: Upload): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.responseType = "blob";
    headers.forEach((value, name) => request.setRequestHeader(name, value));
    request.upload.addEventListener("progress", ({ loaded, total }) => onSent(loaded, total));
    request.addEventListener("load", () => {
      const { status } = request;
      const type = request.getResponseHeader("content-type");
      resolve(
        new Response(status === 204 ? null : (request.response as Blob), {
          status,
          headers: type === null ? {} : { "content-type": type },
        }),
      );
    });
    for (const end of ["error", "abort", "timeout"])
      request.addEventListener(end, () => reject(new AwayError("no answer from the server")));
    request.send(body);
  });
}

async function answerOf<Value>(response: Response): Promise<Answer<Value>> {
  const type = response.headers.get("content-type") ?? "";
  if (!response.ok) throw await faultOf(response, type);
  const etag = response.headers.get("etag") ?? undefined;
  if (response.status === 204) return { value: undefined as Value, etag };
  const value = (type.includes("json") ? await response.json() : await response.text()) as Value;
  return { value, etag };
}

async function faultOf(response: Response, type: string): Promise<Error> {
  if (type.includes("problem+json"))
    return new ProblemError(response.status, (await response.json()) as Problem);
  return response.status >= 500
    ? new AwayError(`the server answers with ${String(response.status)}`)
    : new Error(`the server answers with ${String(response.status)} and no reason`);
}
