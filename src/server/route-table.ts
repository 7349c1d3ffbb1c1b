import { openRoutes, routeActions } from "../app/index.js";

/** A route as the description of the API has it. */
export interface DescribedRoute {
  readonly method: string;
  readonly path: string;
  readonly operationId?: string;
  readonly summary?: string;
}

const scopes = {
  look: "`read`",
  act: "`act`",
  import: "`import`",
  administer: "`admin`",
  own: "any",
} as const;

/** Who a route answers, in a word or two. */
function askedBy(id: string): string {
  if (openRoutes.has(id)) return "open";
  const action = routeActions[id];
  if (action === undefined) return "nobody";
  const { group, on, estate } = action;
  const whose =
    on === "case" ? ", case in sight" : estate === "own" ? ", one's own" : estate === "whole" ? ", all" : "";
  return `${scopes[group]}${whose}`;
}

const [begin, end] = ["<!-- routes: `node scripts/routes.mjs` -->", "<!-- /routes -->"];

/** The table of all routes, by address. */
export function routeTable(routes: readonly DescribedRoute[]): string {
  const rows = routes.map(({ method, path, operationId = "", summary = "" }) => ({
    route: `${path} ${method.toUpperCase()}`,
    line: `| \`${method.toUpperCase()} ${path}\` | ${askedBy(operationId)} | ${summary.replaceAll("|", "\\|")} |`,
  }));
  rows.sort((a, b) => (a.route < b.route ? -1 : a.route > b.route ? 1 : 0));
  return ["| route | asked with | answers |", "|---|---|---|", ...rows.map(({ line }) => line)].join("\n");
}

/** The page with its table filled anew; as it is where it has no place for one. */
export function withRouteTable(page: string, routes: readonly DescribedRoute[]): string {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  return from < 0 || to < from
    ? page
    : `${page.slice(0, from)}${begin}\n\n${routeTable(routes)}\n\n${page.slice(to)}`;
}
