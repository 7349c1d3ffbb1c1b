import type { Installation } from "../../app/index.js";
import type { Server } from "../server-env.js";

/** Something that has to be there before requests are sent to this process. */
export interface ReadyCheck {
  readonly name: string;
  /** Resolves to what is missing, in words for everybody: no names, no addresses; undefined where nothing is. */
  readonly missing: () => Promise<string | undefined>;
}

/** A database that hangs is one that does not answer. */
const patienceMs = 3000;

/** `/healthz`: the process answers. `/readyz`: and so does what it needs, or what is not ready is named. */
export function healthRoutes(
  app: Server,
  { store }: Pick<Installation, "store">,
  more: readonly ReadyCheck[] = [],
): void {
  const checks: readonly ReadyCheck[] = [
    {
      name: "database",
      missing: () =>
        store.ping().then(
          () => undefined,
          () => "the database does not answer",
        ),
    },
    ...more,
  ];
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const found = await Promise.all(
      checks.map(async ({ name, missing }) => ({ name, missing: await inTime(missing()) })),
    );
    const waits = found.flatMap(({ name, missing }) => (missing === undefined ? [] : [{ name, missing }]));
    return c.json(
      {
        status: waits.length === 0 ? "ready" : "not-ready",
        store: store.kind,
        ...(waits.length === 0 ? {} : { waits }),
      },
      waits.length === 0 ? 200 : 503,
      { "cache-control": "no-store" },
    );
  });
}

async function inTime(answer: Promise<string | undefined>): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve("no answer in time"), patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
