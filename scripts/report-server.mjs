import { createServer } from "node:http";
import { isIP } from "node:net";

/**
 * A report carries names that attackers may have chosen. It needs no script and nothing from anywhere, so
 * the browser is told to refuse both, whatever the page says.
 */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const headers = {
  "Content-Security-Policy": policy,
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/**
 * Serves one HTML page on `/`, and `/healthz`. There is no authentication, so only names of this machine
 * are answered: another site could point its own name at 127.0.0.1 and read the report (DNS rebinding).
 *
 * @param {string} html
 */
export function createReportServer(html) {
  return createServer((request, response) => {
    const [status, type, body] = answer(html, request);
    response.writeHead(status, {
      ...headers,
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Length": Buffer.byteLength(body),
      ...(status === 405 ? { Allow: "GET" } : {}),
    });
    response.end(body);
  });
}

/**
 * @param {string} html
 * @param {import("node:http").IncomingMessage} request
 * @returns {[status: number, type: string, body: string]}
 */
function answer(html, request) {
  if (!isLoopback(hostnameOf(request.headers.host ?? "")))
    return [421, "text/plain", "not a name of this machine\n"];
  const path = (request.url ?? "/").split("?")[0];
  if (path !== "/" && path !== "/healthz") return [404, "text/plain", "not found\n"];
  if (request.method !== "GET") return [405, "text/plain", "only GET is answered\n"];
  return path === "/" ? [200, "text/html", html] : [200, "text/plain", "ok\n"];
}

/**
 * @param {string} host a Host header: `localhost:7373`, `[::1]:7373`
 */
function hostnameOf(host) {
  return host.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}

/**
 * Whether nobody but this machine can reach a server that listens there.
 *
 * @param {string} host a name or an address
 */
export function isLoopback(host) {
  const name = host.toLowerCase();
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}
