import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { catalogueSearch } from "../catalogue/catalogue-search.js";
import { compareSearch, findSearch, reachSearch, whoCanSearch } from "../estate/estate-search.js";
import { findingsSearch } from "../findings/findings-search.js";
import { readinessSearch } from "../readiness/readiness-search.js";
import { reportsSearch } from "../reports/reports-search.js";
import { remitSearch } from "../remit/remit-search.js";
import { caseSearch } from "../case/case-search.js";
import { casesSearch } from "../cases/cases-search.js";
import { signInSearch } from "../sign-in/sign-in-search.js";
import { beginning } from "./beginning.js";
import { Shell } from "./shell.js";

export interface RouterContext {
  readonly queries: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Shell });

/** One entry a screen: its address, and the file that is loaded when somebody goes there. */
const screens = [
  createRoute({
    getParentRoute: () => root,
    path: "/",
    beforeLoad: async ({ context }) => {
      redirect({ to: await beginning(context.queries), throw: true });
    },
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/cases",
    validateSearch: casesSearch,
    component: lazyRouteComponent(() => import("../cases/cases-screen.js"), "CasesScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/cases/$id",
    validateSearch: caseSearch,
    component: lazyRouteComponent(() => import("../case/case-screen.js"), "CaseScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/sign-in",
    validateSearch: signInSearch,
    component: lazyRouteComponent(() => import("../sign-in/sign-in-screen.js"), "SignInScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/remit",
    validateSearch: remitSearch,
    component: lazyRouteComponent(() => import("../remit/remit-screen.js"), "RemitScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/command",
    component: lazyRouteComponent(() => import("../command/incidents-screen.js"), "IncidentsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/command/$id",
    component: lazyRouteComponent(() => import("../command/board-screen.js"), "BoardScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/estate",
    beforeLoad: () => {
      redirect({ to: "/estate/who-can", throw: true });
    },
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/estate/who-can",
    validateSearch: whoCanSearch,
    component: lazyRouteComponent(() => import("../estate/who-can-screen.js"), "WhoCanScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/estate/reach",
    validateSearch: reachSearch,
    component: lazyRouteComponent(() => import("../estate/reach-screen.js"), "ReachScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/estate/search",
    validateSearch: findSearch,
    component: lazyRouteComponent(() => import("../estate/search-screen.js"), "SearchScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/estate/compare",
    validateSearch: compareSearch,
    component: lazyRouteComponent(() => import("../estate/compare-screen.js"), "CompareScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/readiness",
    validateSearch: readinessSearch,
    component: lazyRouteComponent(() => import("../readiness/readiness-screen.js"), "ReadinessScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/findings",
    validateSearch: findingsSearch,
    component: lazyRouteComponent(() => import("../findings/findings-screen.js"), "FindingsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/findings/imports/$id",
    component: lazyRouteComponent(() => import("../findings/import-screen.js"), "ImportScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/catalogue",
    validateSearch: catalogueSearch,
    component: lazyRouteComponent(() => import("../catalogue/catalogue-screen.js"), "CatalogueScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/catalogue/history",
    component: lazyRouteComponent(() => import("../catalogue/history-screen.js"), "HistoryScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/start",
    component: lazyRouteComponent(() => import("../start/start-screen.js"), "StartScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/reports",
    beforeLoad: () => {
      redirect({ to: "/reports/$name", params: { name: "clocks" }, replace: true, throw: true });
    },
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/reports/$name",
    validateSearch: reportsSearch,
    component: lazyRouteComponent(() => import("../reports/reports-screen.js"), "ReportsScreen"),
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings",
    beforeLoad: () => {
      redirect({ to: "/settings/$page", params: { page: "access" }, replace: true, throw: true });
    },
  }),
  createRoute({
    getParentRoute: () => root,
    path: "/settings/$page",
    component: lazyRouteComponent(() => import("../settings/settings-screen.js"), "SettingsScreen"),
  }),
];

export const makeRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: root.addChildren(screens),
    context: { queries },
    defaultPreload: "intent",
    scrollRestoration: true,
  });

declare module "@tanstack/react-router" {
  interface Register {
    readonly router: ReturnType<typeof makeRouter>;
  }
}
