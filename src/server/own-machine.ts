import { isIP } from "node:net";

/** Whether nobody but this machine can reach a server that listens there. `host`: a name or an address. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** The name in a Host header: `localhost:7373`, `[::1]:7373`. */
export const hostnameOf = (header: string): string => header.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
