import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Scope } from "../api/index.js";
import type { RecognisedSession } from "../app/index.js";

/** Who sends a request, as far as it is known. */
export interface Caller {
  /** Of the token or session, for limits and the log; never a secret. */
  readonly id: string;
  /** As the catalogue calls them. */
  readonly person: string;
  readonly scopes: readonly Scope[];
  /** With a browser; absent: with a bearer token. */
  readonly session?: RecognisedSession["session"];
}

/** What every handler finds in its context. */
export interface ServerEnv {
  readonly Variables: {
    requestId: string;
    /** Address of the connection. */
    address: string;
    caller: Caller | undefined;
    /** Content security policy of a page that differs from the rest. */
    pagePolicy: string | undefined;
  };
}

export type Server = OpenAPIHono<ServerEnv>;
