export { createServer, defaultLimits, type LogLine, type ServerLimits } from "./create-server.js";
export type { Server } from "./server-env.js";
