import type { Context, MiddlewareHandler } from "hono";
import {
  isVisible,
  openRoutes,
  policyAttributes,
  routeActions,
  type Authorizer,
  type Installation,
  type Judged,
  type PolicyContext,
  type RouteAction,
} from "../../app/index.js";
import { problem } from "../problem-response.js";
import type { Caller, Server, ServerEnv } from "../server-env.js";

/** The scope that a group of actions takes. */
const scopeOf = { look: "read", act: "act", import: "import", administer: "admin" } as const;

/**
 * Asks the policies before any route of the API answers. What is no row of `routeActions` is answered to nobody. A case
 * that somebody may not see is not there for them (404): a refusal would tell that it exists. Proofs that were opened
 * are written down before they are shown.
 */
export function authorize(
  app: Server,
  { store }: Installation,
  authorizer: Authorizer,
): MiddlewareHandler<ServerEnv> {
  let routes: ReadonlyMap<string, string> | undefined;
  return async (c, next) => {
    routes ??= routesOf(app);
    const id = operationOf(c, routes);
    // Addresses that no route owns, and the description of the API, are the same for everybody.
    if (id === undefined || openRoutes.has(id)) return next();
    const caller = c.get("caller");
    if (caller === undefined) throw problem("not-signed-in");
    const action = Object.hasOwn(routeActions, id) ? routeActions[id] : undefined;
    if (action === undefined) throw problem("not-allowed", { detail: `no policy knows the route \`${id}\`` });
    const subject = action.on === "case" ? (c.req.param("id") ?? caseInPath(c.req.path)) : undefined;
    const row = subject === undefined ? undefined : await store.cases.access(subject);
    if (subject !== undefined && (row === undefined || !isVisible(caller.visible, row)))
      throw problem("not-found", { detail: `there is no case \`${subject}\`` });
    const on = row === undefined ? undefined : policyAttributes(row);
    const judge = (context: PolicyContext): Judged => authorizer.judge(caller.principal, id, on, context);
    refuse(
      judge(action.estate === undefined ? (emptyContext[id] ?? {}) : { own: action.estate === "own" }),
      action,
      caller,
    );
    c.set("judge", judge);
    await next();
    if (action.kept !== undefined && c.res.ok)
      await store.reads.add({
        person: caller.pseudonym,
        action: id,
        subject: subject ?? askedOf(c, action.kept),
        caller: caller.id,
      });
  };
}

/** What was opened: the last step of the address, or what was asked for. */
function askedOf(c: Context<ServerEnv>, kept: true | readonly string[]): string {
  const asked = kept === true ? [] : kept.flatMap((name) => c.req.query(name) ?? []);
  return asked.length === 0 ? (c.req.path.split("/").at(-1) ?? "") : asked.join(" ").slice(0, 500);
}

/** Of routes whose policies look at what is sent; the route itself asks again when it has read it. */
const emptyContext: Readonly<Record<string, PolicyContext>> = {
  actOnCase: { command: "", asked: false, fixer: false },
  issueToken: { forSelf: true, scopes: [] },
  erasePerson: { self: false },
};

/** Throws what a denial is answered with. */
export function refuse(judged: Judged, { group }: Pick<RouteAction, "group">, { scopes }: Caller): void {
  if (judged.allowed) return;
  const scope = group === "own" ? undefined : scopeOf[group];
  if (scope !== undefined && !scopes.includes(scope))
    throw problem("not-allowed", { detail: `this takes a token with the scope \`${scope}\`` });
  const [policy] = judged.policies;
  throw problem("not-allowed", {
    detail: policy === undefined ? "no policy permits it" : `the policy \`${policy}\` forbids it`,
    ...(policy === undefined ? {} : { rule: policy }),
  });
}

/** `GET /api/v1/cases/:id` → `getCase`, as the description of the API has it. */
function routesOf(app: Server): ReadonlyMap<string, string> {
  const found = app.openAPIRegistry.definitions.flatMap((item) => {
    if (item.type !== "route") return [];
    const { method, path, operationId } = item.route;
    const name = `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
    return [[name, operationId ?? name] as const];
  });
  // A literal step comes before a parameter: `/cases/facets` is no case.
  const steps = ([name]: readonly [string, string]): number => name.split(":").length;
  return new Map(found.sort((a, b) => steps(a) - steps(b)));
}

function operationOf(c: Context<ServerEnv>, routes: ReadonlyMap<string, string>): string | undefined {
  // HEAD is answered as GET without a body.
  const method = c.req.method === "HEAD" ? "GET" : c.req.method;
  for (const [name, id] of routes) {
    const [own, pattern = ""] = name.split(" ");
    if (own === method && pathMatches(pattern, c.req.path)) return id;
  }
  return undefined;
}

function pathMatches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  return (
    wanted.length === given.length &&
    wanted.every((step, at) => (step.startsWith(":") ? given[at] !== "" : step === given[at]))
  );
}

const caseInPath = (path: string): string => decodeURIComponent(path.split("/")[4] ?? "");
