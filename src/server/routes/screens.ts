import { problem } from "../problem-response.js";
import { screenPolicy } from "../page-policy.js";
import type { Screens } from "../screens.js";
import type { Server } from "../server-env.js";

/** What belongs to programs, and is never answered with a page. */
const programs = /^\/(?:api|auth|assets|problems|report|healthz|readyz|metrics)(?:\/|$)/;

/**
 * The screens. Every address that no program owns is the page: it finds out itself what to show, so that a link into it
 * works. `newNonce`: never given twice.
 */
export function screenRoutes(app: Server, screens: Screens, newNonce: () => string): void {
  app.get("*", async (c, next) => {
    const file = screens.files.get(c.req.path);
    if (file !== undefined) {
      return c.body(file.bytes, 200, {
        "content-type": file.type,
        "cache-control": file.immutable ? "public, max-age=31536000, immutable" : "no-cache",
      });
    }
    if (programs.test(c.req.path)) return next();
    const nonce = newNonce();
    c.set("pagePolicy", screenPolicy(nonce));
    return c.html(screens.page.replace("%NONCE%", nonce), 200, { "cache-control": "no-store" });
  });
  app.all("/", () => {
    throw problem("wrong-method", { allow: ["GET", "HEAD"] });
  });
}
