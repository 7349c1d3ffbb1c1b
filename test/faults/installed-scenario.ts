import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import type { CaseView } from "../../src/app/index.js";
import type { Place } from "../../src/store/index.js";
import { inFolder, sendScenario } from "../scenarios/over-http.js";
import { readScenario } from "../scenarios/scenario.js";
import { reuse, type Fresh, type Reused } from "../server/clean-installation.js";
import { startPostgres, type PostgresServer } from "../store/postgres-server.js";

export const scenario = readScenario(join(import.meta.dirname, "../scenarios/s09-served-key.yaml"));
export const start = new Date(scenario.now).toISOString();

/** An installation with one open case, anew for every test. */
export interface Ground {
  readonly kind: "memory" | "postgres";
  readonly place: () => Place;
  readonly reused: () => Reused;
  readonly fresh: () => Fresh;
  /** Id of the case. */
  readonly id: () => string;
}

export function withOneCase(name: string, suite: (ground: Ground) => void): void {
  describe.each(["memory", "postgres"] as const)(`${name} (%s)`, (kind) => {
    let server: PostgresServer | undefined;
    let reused: Reused | undefined;
    let fresh: Fresh | undefined;
    let place: Place = { kind: "memory" };
    let id = "";
    beforeAll(async () => {
      if (kind === "postgres") {
        server = await startPostgres();
        place = { kind: "postgres", url: await server.database() };
      }
      reused = await reuse(place);
    }, 120_000);
    afterAll(async () => {
      await reused?.close();
      await server?.remove();
    });
    beforeEach(async () => {
      fresh = await given(reused).fresh(start);
      const { files, leave } = inFolder(scenario);
      try {
        const { opened } = await sendScenario(fresh, files);
        id = opened[0] ?? "";
      } finally {
        leave();
      }
    }, 60_000);
    suite({
      kind,
      place: () => place,
      reused: () => given(reused),
      fresh: () => given(fresh),
      id: () => id,
    });
  });
}

function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("not begun");
  return value;
}

let keys = 0;

/** A move in a case, as a client sends it. */
export async function act(
  app: Fresh["app"],
  id: string,
  headers: Readonly<Record<string, string>>,
  command: object,
): Promise<Response> {
  return app.request(`/api/v1/cases/${id}/commands`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "idempotency-key": `key-number-${String((keys += 1))}`,
      ...headers,
    },
    body: JSON.stringify(command),
  });
}

export async function caseNow(app: Fresh["app"], id: string, headers: Readonly<Record<string, string>>) {
  const answer = await app.request(`/api/v1/cases/${id}`, { headers });
  if (answer.status !== 200) throw new Error(await answer.text());
  return { view: (await answer.json()) as CaseView, etag: answer.headers.get("etag") ?? "" };
}
