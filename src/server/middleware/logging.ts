import { context, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { LogLine } from "../log-line.js";
import type { Metrics } from "../metrics.js";
import type { ServerEnv } from "../server-env.js";

export interface LoggingOptions {
  /** Ids that are never given twice. */
  readonly newId: () => string;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
  /** ISO instant of the installation, which clocks are told by. */
  readonly now: () => string;
  readonly log: (line: LogLine) => void;
  readonly metrics?: Pick<Metrics, "request">;
  readonly address: (c: Context<ServerEnv>) => string;
}

/** Gives every request its id, and tells of it once it is answered: a line, figures, and a span for whoever listens. */
export function logging(options: LoggingOptions): MiddlewareHandler<ServerEnv> {
  const { newId, elapsed, now, log, metrics, address } = options;
  return async (c, next) => {
    const began = elapsed();
    c.set("requestId", newId());
    c.set("address", address(c));
    const from = propagation.extract(context.active(), c.req.raw.headers, {
      get: (headers, name) => headers.get(name) ?? undefined,
      keys: (headers) => [...headers.keys()],
    });
    // Without an SDK in the process all of this costs nothing and goes nowhere.
    const span = trace.getTracer("remit").startSpan(c.req.method, { kind: SpanKind.SERVER }, from);
    try {
      await context.with(trace.setSpan(from, span), next);
    } finally {
      const [route, status, caller] = [routeOf(c), c.res.status, c.get("caller")];
      const milliseconds = elapsed() - began;
      c.header("x-request-id", c.get("requestId"));
      if (c.req.path.startsWith("/api/")) c.header("x-remit-time", now());
      span.updateName(`${c.req.method} ${route}`);
      // Semantic conventions for HTTP spans: the route, never the address with its ids.
      span.setAttributes({
        "http.request.method": c.req.method,
        "http.route": route,
        "http.response.status_code": status,
      });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
      metrics?.request({
        method: c.req.method,
        route,
        status,
        seconds: milliseconds / 1000,
        ...uploadOf(c, route),
      });
      log({
        level: status >= 500 ? "error" : "info",
        message: "request",
        reference: c.get("requestId"),
        method: c.req.method,
        path: c.req.path,
        status,
        milliseconds: Math.round(milliseconds),
        ...(caller === undefined ? {} : { caller: caller.id }),
      });
    }
  };
}

/**
 * The address as the route has it: `/api/v1/cases/:id`. Of a request that was stopped before its route, the one that it
 * was for; whatever nobody serves is one route.
 */
function routeOf(c: Context<ServerEnv>): string {
  const method = c.req.method === "HEAD" ? "GET" : c.req.method;
  const matched = matchedRoutes(c);
  // Limits of bodies hang on methods too, by a pattern that is no address.
  const isRoute = (route: (typeof matched)[number] | undefined) =>
    route?.method === method && !route.path.includes("{");
  const reached = matched[c.req.routeIndex];
  if (reached !== undefined && isRoute(reached)) return reached.path;
  return matched.find((route) => isRoute(route) && !route.path.endsWith("*"))?.path ?? "(none)";
}

function uploadOf(c: Context<ServerEnv>, route: string): { readonly bytes?: number } {
  const length = Number(c.req.header("content-length") ?? "");
  return route === "/api/v1/imports" && Number.isFinite(length) && length > 0 ? { bytes: length } : {};
}
