import { openQueue, startRunner, type JobName, type Runner } from "../../jobs/index.js";
import type { Installation } from "../installation/installation.js";
import { jobHandlers, type JobSettings } from "./job-handlers.js";

/** Seconds between two runs of what comes again and again. */
const every: Readonly<Partial<Record<JobName, number>>> = {
  clocks: 15,
  webhooks: 2,
  catalogue: 60,
  analysis: 10,
  checkpoint: 3600,
  retention: 3600,
};

const pollMs = 2000;

/** Runs the jobs of an installation in this process until they are stopped, before its store is closed. */
export async function startJobs(
  installation: Installation,
  settings: JobSettings,
  failed: (job: string, reason: string) => void,
): Promise<Runner> {
  const queue = await openQueue(installation.store);
  return startRunner({ queue, handlers: jobHandlers(installation, settings, queue), every, pollMs, failed });
}
