import { jobKinds, type JobHandlers, type Queue } from "../../jobs/index.js";
import type { Reach } from "../../connectors/index.js";
import { coverAfterUpgrade } from "../cases/cover-cases.js";
import { sweepClocks } from "../clocks/sweep-clocks.js";
import type { Installation } from "../installation/installation.js";
import { deliver } from "../webhooks/deliver.js";
import { tellWebhooks } from "../webhooks/tell-webhooks.js";
import { followCatalogue } from "./follow-catalogue.js";
import { analyseWhatCame } from "./analyse-what-came.js";
import { applyRetention, type Retention } from "./retention.js";

export interface JobSettings {
  readonly retention: Retention;
  /** Which addresses webhooks may be sent to. */
  readonly reach: Reach;
  /** Milliseconds of the world's clock, which receivers hold signatures against. */
  readonly clock: () => number;
}

/** Until a receiver has answered. */
const timeoutMs = 15_000;

/** Standard Webhooks: an endpoint that fails for several days is disabled, and its owner told. */
const patienceMs = 5 * 86_400_000;

/** One run leaves the rest to the next, so that no job lasts longer than it may. */
const mostSweeps = 20;

/** What the jobs of an installation do. */
export function jobHandlers(
  installation: Installation,
  { retention, reach, clock }: JobSettings,
  queue: Pick<Queue, "send">,
): JobHandlers {
  const leavers = new Set<string>();
  return {
    async clocks() {
      for (let count = 0; count < mostSweeps; count += 1) {
        const { refused, more } = await sweepClocks(installation);
        if (refused.length > 0) throw new Error(refused.map(({ text }) => text).join("; "));
        if (!more) return;
      }
    },
    async catalogue() {
      await followCatalogue(installation, leavers);
    },
    async checkpoint() {
      await installation.store.checkpoints.make();
    },
    async retention() {
      await applyRetention(installation, retention);
    },
    async analysis() {
      await coverAfterUpgrade(installation);
      await analyseWhatCame(installation);
    },
    async webhooks() {
      await tellWebhooks(installation, (id) => queue.send("delivery", { id }));
    },
    delivery: ({ id }) =>
      deliver(installation, id, {
        ...{ reach, clock, timeoutMs, patienceMs },
        tries: jobKinds.delivery.retries + 1,
      }),
  };
}
