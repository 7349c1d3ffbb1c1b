export { jobKinds, jobNames, type JobKind, type JobName, type JobPayloads } from "./job-kinds.js";
export { openQueue, type Job, type Queue } from "./queue.js";
export { startRunner, type JobHandlers, type Runner, type RunnerOptions } from "./runner.js";
