import type { Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { inStore, placeOf } from "./installation.js";
import { jobSettings, tellFailedJob } from "./job-settings.js";
import { programFile } from "./project.js";
import { loggerOf } from "./server-log.js";
import { stopped } from "./stopped.js";

/** `remit worker`: jobs of an installation on PostgreSQL, until the process is told to stop. */
export async function runWorker(flags: { readonly home?: string }, io: Console): Promise<ExitCode> {
  const place = placeOf(flags, io);
  const settings = await jobSettings(io);
  const { holderOfHome, openInstallation, startJobs } = await import("../app/index.js");
  if (place.databaseUrl === undefined) {
    const holder = holderOfHome(place.home);
    throw fault(
      "embedded-worker",
      holder === undefined
        ? `\`${place.home}\` holds an embedded database`
        : `\`${place.home}\` holds an embedded database, which is open in process ${String(holder.pid)} (\`${holder.command}\`, since ${holder.since})`,
    );
  }
  return inStore(async (): Promise<ExitCode> => {
    const installation = await openInstallation(place, programFile(), true);
    try {
      const jobs = await startJobs(installation, settings, tellFailedJob(await loggerOf(io)));
      await io.out(`working on ${installation.store.place}\n`);
      await stopped();
      await jobs.stop();
      return 0;
    } finally {
      await installation.store.close();
    }
  });
}
