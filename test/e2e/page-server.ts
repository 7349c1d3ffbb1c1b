import { createServer, type Server } from "node:http";
import { reportPolicy } from "../../src/server/index.js";

/** Serves one page as the product serves its report. */
export const createPageServer = (html: string): Server =>
  createServer((_, response) => {
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": reportPolicy,
    });
    response.end(html);
  });
