import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installationOver, issueTokenFor, takeInExample, type Installation } from "../../src/app/index.js";
import type { Scope } from "../../src/api/index.js";
import {
  createServer,
  defaultLimits,
  defaultSignIn,
  type Server,
  type SignIn,
} from "../../src/server/index.js";
import { openStore, type Place } from "../../src/store/index.js";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** An installation that answers without a port, whose clock the test sets. */
export interface Installed {
  readonly installation: Installation;
  readonly app: Server;
  /** Lines that it logged. */
  readonly logged: string[];
  setTime(instant: string): void;
  /** `Authorization` of somebody of the catalogue. */
  as(person: string, ...scopes: Scope[]): Promise<Record<string, string>>;
  end(): Promise<void>;
}

export const startOfExample = "2026-11-22T12:00:00.000Z";

export async function install(
  place: Place = { kind: "memory" },
  signIn: SignIn = defaultSignIn,
): Promise<Installed> {
  let time = startOfExample;
  const now = (): string => time;
  const store = await openStore({ place, secret: "a secret of this test alone, long enough", now });
  const installation = installationOver(store, now, join(root, "bin/remit"));
  const logged: string[] = [];
  let [ids, elapsed] = [0, 0];
  const app = createServer({
    installation,
    newId: () => `request-${String((ids += 1))}`,
    // A second a request: no limit is reached by the speed of the machine.
    elapsed: () => (elapsed += 1000),
    log: (line) => logged.push(JSON.stringify(line)),
    limits: defaultLimits,
    signIn,
  });
  return {
    installation,
    app,
    logged,
    setTime: (instant) => (time = instant),
    async as(person, ...scopes) {
      const { secret } = await issueTokenFor(installation, person, { name: "test", scopes });
      return { authorization: `Bearer ${secret}` };
    },
    end: () => store.close(),
  };
}

/** With the company of `examples/`, its cases open. */
export async function installExample(place?: Place): Promise<Installed> {
  const installed = await install(place);
  await takeInExample(installed.installation, root);
  return installed;
}
