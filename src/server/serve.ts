import { serve as listen } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import type { Server } from "./server-env.js";

/** A server that answers. */
export interface Serving {
  /** `http://127.0.0.1:7373` */
  readonly address: string;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** Listens; rejects with the system's error where the port is taken or the host is not ours. */
export function serve(app: Server, host: string, port: number): Promise<Serving> {
  return new Promise((resolve, reject) => {
    const server = listen({ fetch: app.fetch, hostname: host, port }, ({ port: actual }: AddressInfo) => {
      resolve({
        address: `http://${host.includes(":") ? `[${host}]` : host}:${String(actual)}`,
        close: () =>
          new Promise((done) => {
            server.close(() => {
              done();
            });
            if ("closeAllConnections" in server) server.closeAllConnections();
          }),
      });
    });
    server.on("error", reject);
  });
}
