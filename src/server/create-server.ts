import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import type { Context } from "hono";
import {
  createAuthorizer,
  createReach,
  isStoreFault,
  shippedPolicies,
  type Authorizer,
  type Installation,
  type Reach,
} from "../app/index.js";
import { cookiesOf } from "./cookie.js";
import { authorize } from "./middleware/authorize.js";
import type { LogLine } from "./log-line.js";
import type { Metrics } from "./metrics.js";
import { identify } from "./middleware/identify.js";
import { logging } from "./middleware/logging.js";
import { loginRoutes } from "./routes/login.js";
import { ownName } from "./middleware/own-name.js";
import { sameSite } from "./middleware/same-site.js";
import { rateLimit, type RateLimit } from "./middleware/rate-limit.js";
import { securityHeaders } from "./middleware/security-headers.js";
import { isProblem, problem, problemResponse } from "./problem-response.js";
import { casePaperRoutes } from "./routes/case-papers.js";
import { caseRoutes } from "./routes/cases.js";
import { catalogueRoutes } from "./routes/catalogue.js";
import { estateQuestionRoutes } from "./routes/estate-questions.js";
import { defaultEventLimits, eventRoutes, type EventLimits } from "./routes/events.js";
import { documentRoutes } from "./routes/documents.js";
import { healthRoutes } from "./routes/health.js";
import { findingRoutes } from "./routes/imports.js";
import { ledgerRoutes } from "./routes/ledger.js";
import { metricsRoutes } from "./routes/metrics.js";
import { peopleRoutes } from "./routes/people.js";
import { problemRoutes } from "./routes/problems.js";
import { questionRoutes } from "./routes/questions.js";
import { readRoutes } from "./routes/reads.js";
import { remitRoutes } from "./routes/remit.js";
import { reportRoutes } from "./routes/report.js";
import { screenRoutes } from "./routes/screens.js";
import { sessionRoutes } from "./routes/session.js";
import { summaryRoutes } from "./routes/summary.js";
import { tokenRoutes } from "./routes/tokens.js";
import { uploadRoutes } from "./routes/uploads.js";
import { webhookRoutes } from "./routes/webhooks.js";
import type { Screens } from "./screens.js";
import type { Server, ServerEnv } from "./server-env.js";
import { defaultSignIn, type SignIn } from "./sign-in.js";

export interface ServerOptions {
  readonly installation: Installation;
  /** Ids that are never given twice. */
  readonly newId: () => string;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
  readonly log: (line: LogLine) => void;
  readonly limits: ServerLimits;
  /** Absent: by the policies that ship. */
  readonly authorizer?: Authorizer;
  /** Absent: with tokens alone. */
  readonly signIn?: SignIn;
  /** Absent: programs only. */
  readonly screens?: Screens;
  /** Where webhooks may be sent to; absent: nowhere inside. */
  readonly reach?: Reach;
  /** Absent: nothing is counted, and there is no `/metrics`. */
  readonly metrics?: Metrics;
}

export interface ServerLimits {
  readonly rate: RateLimit;
  /** Bytes of a request, uploads left aside; and of an upload. */
  readonly body: number;
  readonly upload: number;
  readonly events: EventLimits;
}

export const defaultLimits: ServerLimits = {
  rate: { burst: 200, perSecond: 50, callers: 10_000 },
  body: 1_000_000,
  upload: 2_000_000_000,
  events: defaultEventLimits,
};

/** The HTTP API over an installation. Every fault is a problem document; nothing of a fault of ours is shown but its reference. */
export function createServer(options: ServerOptions): Server {
  const { installation, newId, elapsed, log, limits, signIn = defaultSignIn, metrics } = options;
  const authorizer = options.authorizer ?? createAuthorizer(shippedPolicies());
  const origins = signIn.publicUrl === undefined ? [] : [new URL(signIn.publicUrl).origin];
  const cookies = cookiesOf(signIn.publicUrl?.startsWith("https:") === true);
  const app: Server = new OpenAPIHono<ServerEnv>({
    defaultHook: (result, c) => {
      if (!result.success) {
        const detail = result.error.issues
          .slice(0, 5)
          .map(({ path, message }) => `\`${path.join(".")}\`: ${message}`)
          .join("; ");
        return problemResponse("bad-request", c.get("requestId"), { detail });
      }
      return undefined;
    },
  });
  app.use(
    logging({
      newId,
      elapsed,
      now: installation.now,
      log,
      address: addressOf,
      ...(metrics === undefined ? {} : { metrics }),
    }),
  );
  app.use(ownName(signIn.publicUrl === undefined ? [] : [new URL(signIn.publicUrl).hostname]));
  app.use(async (c, next) => {
    await next();
    const policy = c.get("pagePolicy");
    if (policy !== undefined) c.header("content-security-policy", policy);
  });
  app.use(securityHeaders());
  // Before anybody is looked up: guessing tokens is limited too.
  app.use("/api/*", rateLimit(limits.rate, elapsed));
  app.use("/auth/*", rateLimit(limits.rate, elapsed));
  const known = identify(installation, authorizer, cookies, signIn.sessions);
  app.use("/api/*", known);
  app.use("/api/*", sameSite(origins));
  app.use("/api/*", authorize(app, installation, authorizer));
  const onError = (): never => {
    throw problem("too-large");
  };
  app.on(["POST", "PUT", "PATCH"], smallBodies, bodyLimit({ maxSize: limits.body, onError }));
  app.use("/report", known);
  reportRoutes(app, installation, signIn.oidc !== undefined);
  healthRoutes(app, installation);
  if (metrics !== undefined) {
    app.use("/metrics", rateLimit(limits.rate, elapsed), known);
    metricsRoutes(app, metrics);
  }
  problemRoutes(app);
  caseRoutes(app, installation);
  questionRoutes(app, installation);
  estateQuestionRoutes(app, installation);
  summaryRoutes(app, installation, signIn.example);
  remitRoutes(app, installation);
  documentRoutes(app, installation);
  casePaperRoutes(app, installation);
  uploadRoutes(app, installation, limits.upload);
  findingRoutes(app, installation);
  catalogueRoutes(app, installation);
  ledgerRoutes(app, installation);
  eventRoutes(app, installation, known, limits.events);
  webhookRoutes(app, installation, options.reach ?? createReach([]));
  tokenRoutes(app, installation);
  readRoutes(app, installation);
  peopleRoutes(app, installation);
  sessionRoutes(app, installation, signIn, cookies);
  if (signIn.oidc !== undefined)
    loginRoutes(app, installation, authorizer, signIn, signIn.oidc, cookies, (message) => {
      log({ level: "error", message });
    });
  app.doc31("/api/v1/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Remit",
      version: "1",
      description: "Who owns this exposure, and will it come back? Cases that live, with proof.",
    },
    security: [{ token: [] }, { session: [] }],
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: cookies.name,
    description: "what `POST /api/v1/session` sets; writes send `X-CSRF-Token` too",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "token", {
    type: "http",
    scheme: "bearer",
    description: "`Authorization: Bearer remit_…`",
  });
  if (options.screens !== undefined) screenRoutes(app, options.screens, newId);
  app.notFound((c) => problemResponse("not-found", c.get("requestId"), { detail: `\`${c.req.path}\`` }));
  app.onError((error, c) => faultResponse(error, c, log));
  return app;
}

/** Every address of the API but that of uploads. */
const smallBodies = "/api/v1/:resource{(?!imports$).+}";

function faultResponse(error: Error, c: Context<ServerEnv>, log: ServerOptions["log"]): Response {
  const reference = c.get("requestId");
  if (isProblem(error)) return problemResponse(error.code, reference, error.more);
  if (isStoreFault(error)) {
    if (error.code === "bad-cursor")
      return problemResponse("bad-cursor", reference, { detail: error.message });
    if (error.code === "bad-value")
      return problemResponse("bad-request", reference, { detail: `${error.message}; ${error.hint}` });
    log({ level: "error", message: `store: ${error.code}: ${error.message}`, reference });
    return problemResponse(error.retry ? "unavailable" : "internal", reference, {
      ...(error.retry ? { retryAfter: 1 } : {}),
      // Waiting alone does not help.
      ...(error.code === "full" ? { detail: `${error.message}: ${error.hint}` } : {}),
    });
  }
  // What Hono itself refuses: a body that is no JSON.
  if ("status" in error && typeof error.status === "number" && error.status < 500)
    return problemResponse(error.status === 415 ? "wrong-type" : "bad-request", reference, {
      detail: error.message,
    });
  log({ level: "error", message: error.stack ?? error.message, reference });
  return problemResponse("internal", reference);
}

/** Of the connection, as the adapter for Node.js hands it over; headers of proxies are not believed. */
function addressOf(c: Context<ServerEnv>): string {
  const env = c.env as
    { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } } | undefined;
  return env?.incoming?.socket?.remoteAddress ?? "unknown";
}
