/**
 * The screens: `npm run web` serves them while they are being written, over the API of a running `remit serve`
 * (REMIT_URL, default http://127.0.0.1:7373). A build of the product makes them with `buildWeb`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMain, root, run } from "./checkout.mjs";

/** What is loaded before anything is seen may weigh so much (gzip, in bytes): screens.md, figures of the first page. */
export const initialBudget = 250_000;

/** @param {string} at the checkout */
const settings = (at) => ({
  configFile: /** @type {const} */ (false),
  root: join(at, "src/web"),
  base: "/",
  logLevel: /** @type {const} */ ("warn"),
  clearScreen: false,
  define: { remitVersion: JSON.stringify(versionOf(at)) },
});

/** @param {string} at the checkout */
const versionOf = (at) =>
  /** @type {{ version: string }} */ (JSON.parse(readFileSync(join(at, "package.json"), "utf8"))).version;

/**
 * @param {string} at the checkout
 * @param {string} outDir absolute
 */
export async function buildWeb(at, outDir) {
  const [{ build }, { default: react }] = await Promise.all([import("vite"), import("@vitejs/plugin-react")]);
  const shared = settings(at);
  await build({
    ...shared,
    mode: "production",
    // Also where whoever builds has set it to something else, as test runners do.
    define: { ...shared.define, "process.env.NODE_ENV": JSON.stringify("production") },
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2022",
      // Files of their own: a content security policy without `data:` for fonts and scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      manifest: "manifest.json",
      chunkSizeWarningLimit: 800,
      // Rooms whose index names more than a screen uses: what is not used is not sent.
      rolldownOptions: {
        treeshake: { moduleSideEffects: [{ test: /src\/(?:core|report)\//, sideEffects: false }] },
        // What several screens have in common is one file, and not twenty that each are asked for.
        output: {
          codeSplitting: {
            groups: [
              {
                name: "parts",
                minShareCount: 3,
                test: /src\/web\/(?:parts|api)\/|node_modules\/@mantine\/|node_modules\/@tabler\//,
              },
            ],
          },
        },
      },
    },
  });
}

if (isMain(import.meta.url)) {
  await run(async () => {
    const [{ createServer }, { default: react }] = await Promise.all([
      import("vite"),
      import("@vitejs/plugin-react"),
    ]);
    const own = "http://127.0.0.1:7374";
    /**
     * The product answers only pages of its own (CSRF): these here count as such, other people's do not.
     *
     * @type {import("vite").ProxyOptions["configure"]}
     */
    const asOfTheProduct = (proxy) => {
      proxy.on("proxyReq", (asking, { headers }) => {
        if (headers.origin === own) asking.setHeader("origin", new URL(target).origin);
      });
    };
    const target = process.env.REMIT_URL ?? "http://127.0.0.1:7373";
    const proxied = Object.fromEntries(
      // Not the folders `api` and `reports` of the screens themselves.
      ["/api/v1/", "/auth/", "^/report(?:/|$)", "/problems/"].map((path) => [
        path,
        { target, changeOrigin: true, configure: asOfTheProduct },
      ]),
    );
    const server = await createServer({
      ...settings(root),
      logLevel: "info",
      plugins: [react()],
      server: { host: "127.0.0.1", port: 7374, proxy: proxied },
    });
    await server.listen();
    server.printUrls();
    return 0;
  });
}
