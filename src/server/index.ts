export { createServer, defaultLimits, type LogLine, type ServerLimits } from "./create-server.js";
export { reportPolicy, screenPolicy } from "./page-policy.js";
export { loadScreens, type Screens } from "./screens.js";
export { isLoopback } from "./own-machine.js";
export { defaultSignIn, type SignIn } from "./sign-in.js";
export { serve, type Serving } from "./serve.js";
export type { Server } from "./server-env.js";
