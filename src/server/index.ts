export { createServer, defaultLimits, type LogLine, type ServerLimits } from "./create-server.js";
export { reportPolicy } from "./report-policy.js";
export { isLoopback } from "./own-machine.js";
export { serve, type Serving } from "./serve.js";
export type { Server } from "./server-env.js";
