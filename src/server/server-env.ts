import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Scope } from "../api/index.js";
import type { CaseVisibility, Judged, PolicyContext, Principal, RecognisedSession } from "../app/index.js";

/** Who sends a request, as far as it is known. */
export interface Caller {
  /** Of the token or session, for limits and the log; never a secret. */
  readonly id: string;
  /** As the catalogue calls them. */
  readonly person: string;
  readonly scopes: readonly Scope[];
  readonly pseudonym: string;
  /** As policies see them. */
  readonly principal: Principal;
  /** The cases that they see: no list shows, counts or tells another. */
  readonly visible: CaseVisibility;
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
    /** Asks the policies about the route again, when it has read what was sent. */
    judge: (context: PolicyContext) => Judged;
    /** Content security policy of a page that differs from the rest. */
    pagePolicy: string | undefined;
  };
}

export type Server = OpenAPIHono<ServerEnv>;
