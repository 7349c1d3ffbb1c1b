import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { InstallationPlace } from "../app/index.js";
import type { Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { homeOf, inStore, placeOf } from "./installation.js";
import { jobSettings, tellFailedJob } from "./job-settings.js";
import { operatorToken } from "./operator-token.js";
import { authorizerFrom } from "./policies.js";
import { projectRoot } from "./project.js";
import { loggerOf } from "./server-log.js";
import { serverSettings, type ServerFlags } from "./server-settings.js";
import { stopped } from "./stopped.js";

export interface ServeFlags extends ServerFlags {
  readonly home?: string;
  readonly example?: boolean;
}

/** `remit serve`: until the process is told to stop. */
export async function runServe(flags: ServeFlags, io: Console): Promise<ExitCode> {
  const server = await import("../server/index.js");
  const { isLoopback, createServer, createMetrics, defaultSignIn, loadScreens, measured, oidcLogin } = server;
  const { host, port, publicUrl, oidc, policies } = await serverSettings(flags, io, isLoopback);
  // Anybody may be anybody there.
  if (flags.example === true && (publicUrl !== undefined || !isLoopback(host)))
    throw fault("bad-setting", "the example lets anybody be anybody, so it answers this machine alone");
  const authorizer = await authorizerFrom(policies);
  const settings = await jobSettings(io);
  const log = await loggerOf(io);
  const { openInstallation, exampleClock, takeInExample, startJobs, versionText } =
    await import("../app/index.js");
  const root = projectRoot();
  const place = flags.example === true ? examplePlace(flags, io, exampleClock) : placeOf(flags, io);
  return inStore(async (): Promise<ExitCode> => {
    io.err(`opening ${place.databaseUrl === undefined ? place.home : "the database"}\n`);
    const opened = await openInstallation(place, join(root, "bin/remit"), true);
    const { elapsed } = io;
    const metrics = createMetrics({
      ...{ installation: opened, elapsed, ofProcess: true },
      version: /\d+\.\d+\.\d+\S*/.exec(await versionText())?.[0] ?? "0",
    });
    const installation = measured(opened, metrics, elapsed);
    try {
      if (flags.example === true) await takeInExample(installation, root);
      const { file: tokenFile } = await operatorToken(installation, place.home);
      const screens = await loadScreens(join(root, "dist/web"));
      const app = createServer({
        installation,
        authorizer,
        newId: randomUUID,
        ...{ elapsed, log, metrics, limits: server.defaultLimits },
        reach: settings.reach,
        signIn: {
          ...defaultSignIn,
          example: flags.example === true,
          ...(publicUrl === undefined ? {} : { publicUrl }),
          ...(oidc === undefined ? {} : { oidc: oidcLogin(oidc) }),
        },
        ...(screens === undefined ? {} : { screens }),
      });
      const jobs = await startJobs(installation, settings, tellFailedJob(log));
      try {
        const serving = await server.serve(app, host, port).catch((error: unknown) => {
          throw listenFault(error, host, String(port));
        });
        // What lists are counted by is read before somebody asks; a fault is told to whoever asks then.
        installation.store.cases.count({}).catch(() => undefined);
        await io.out(`token of the operator: ${tokenFile}\nserving on ${serving.address}\n`);
        await stopped();
        await serving.close();
      } finally {
        await jobs.stop();
      }
      return 0;
    } finally {
      await installation.store.close();
    }
  });
}

/** In a folder of its own, whose clock stands at the day of the example. */
function examplePlace(
  flags: ServeFlags,
  io: Console,
  clock: (home: string, real: () => number) => () => string,
): InstallationPlace {
  const home = join(homeOf(flags, io), "example");
  const { secret } = placeOf(flags, io);
  return { home, now: clock(home, () => Date.parse(io.now())), ...(secret === undefined ? {} : { secret }) };
}

function listenFault(error: unknown, host: string, port: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EADDRINUSE" ? fault("port-taken", `${port} on \`${host}\``) : error;
}
