import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { InstallationPlace } from "../../app/index.js";
import type { Console } from "../console.js";
import { fault, isFault } from "../errors.js";
import { given, homeOf, inStore, placeOf } from "../installation.js";
import { operatorToken } from "../operator-token.js";
import { programFile } from "../project.js";
import { readToken, type TokenFlags } from "./token.js";

export interface DoorFlags extends TokenFlags {
  /** Of a server; absent: the installation itself, in this process. */
  readonly server?: string;
  readonly home?: string;
}

/** What answers requests of the API: a server over the network, or the installation in this process. */
export interface Door {
  /** Shown to users: an address or a folder. */
  readonly place: string;
  /** `path` begins with `/`. Rejects where nothing answers. */
  readonly send: (path: string, request: RequestInit) => Promise<Response>;
  readonly token: string;
}

export interface DoorOptions {
  /** Makes the embedded installation where there is none. */
  readonly create?: boolean;
}

/** Opens the door that was asked for, and closes it behind the work. */
export function throughDoor<Result>(
  flags: DoorFlags,
  io: Console,
  work: (door: Door) => Promise<Result>,
  options: DoorOptions = {},
): Promise<Result> {
  const server = flags.home === undefined ? (flags.server ?? given(io.env["REMIT_SERVER"])) : flags.server;
  if (server !== undefined && flags.home !== undefined)
    throw fault("usage", "give either `--server` or `--home`, not both");
  return server === undefined ? atHome(flags, io, work, options) : overNetwork(server, flags, io, work);
}

async function overNetwork<Result>(
  server: string,
  flags: DoorFlags,
  io: Console,
  work: (door: Door) => Promise<Result>,
): Promise<Result> {
  const base = await addressOf(server);
  const token = readToken(flags, io);
  if (token === undefined) throw fault("no-token");
  return work({
    place: base,
    token,
    // A redirect would carry the token to whoever is named in it.
    send: (path, request) => fetch(`${base}${path}`, { ...request, redirect: "error" }),
  });
}

/** `https://remit.example`: without path, and encrypted unless it is this machine. */
async function addressOf(text: string): Promise<string> {
  const { isLoopback } = await import("../../server/index.js");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== "" || url.password !== "")
    throw fault("bad-server", `\`${text.replace(/\/\/[^/@]*@/, "//…@")}\``);
  if (url.protocol === "http:" && !isLoopback(url.hostname.replace(/^\[(.*)\]$/, "$1")))
    throw fault("plain-server", `\`${url.origin}\``);
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** The same server, without a port: what is asked goes the same way, past the same rules. */
async function atHome<Result>(
  flags: DoorFlags,
  io: Console,
  work: (door: Door) => Promise<Result>,
  { create = false }: DoorOptions,
): Promise<Result> {
  const place = await onItsClock(placeOf(flags, io), io);
  if (!create && place.databaseUrl === undefined && !existsSync(join(place.home, "database")))
    throw fault("no-installation", `\`${homeOf(flags, io)}\``);
  const [{ openInstallation }, { createServer, defaultLimits }] = await Promise.all([
    import("../../app/index.js"),
    import("../../server/index.js"),
  ]);
  return servedElsewhere(async () => {
    const installation = await openInstallation(place, programFile());
    try {
      const app = createServer({
        installation,
        newId: randomUUID,
        elapsed: io.elapsed,
        // What goes wrong is in the answer; there is nobody else to tell.
        log: ({ level, message }) => {
          if (level === "error" && message !== "request") io.err(`${message.split("\n")[0] ?? ""}\n`);
        },
        limits: defaultLimits,
      });
      return await work({
        place: place.databaseUrl === undefined ? place.home : installation.store.place,
        token: readToken(flags, io) ?? (await operatorToken(installation, place.home)).token,
        send: async (path, request) => app.request(`http://127.0.0.1${path}`, request),
      });
    } finally {
      await installation.store.close();
    }
  });
}

/** The example's installation has a clock of its own, whoever opens it. */
async function onItsClock(place: InstallationPlace, io: Console): Promise<InstallationPlace> {
  if (place.databaseUrl !== undefined || !existsSync(join(place.home, "began"))) return place;
  const { exampleClock } = await import("../../app/index.js");
  return { ...place, now: exampleClock(place.home, () => Date.parse(io.now())) };
}

/** Whoever has the embedded database open may be a server that answers the same question. */
async function servedElsewhere<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await inStore(work);
  } catch (error) {
    if (isFault(error) && error.message.includes("remit serve"))
      throw Object.assign(error, {
        hint: "that server answers too: add `--server` with its address, as in `--server http://127.0.0.1:7373`",
      });
    throw error;
  }
}
