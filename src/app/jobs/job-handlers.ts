import type { JobHandlers } from "../../jobs/index.js";
import { sweepClocks } from "../clocks/sweep-clocks.js";
import type { Installation } from "../installation/installation.js";
import { followCatalogue } from "./follow-catalogue.js";
import { applyRetention, type Retention } from "./retention.js";

export interface JobSettings {
  readonly retention: Retention;
}

/** One run leaves the rest to the next, so that no job lasts longer than it may. */
const mostSweeps = 20;

/** What the jobs of an installation do. */
export function jobHandlers(installation: Installation, { retention }: JobSettings): JobHandlers {
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
    webhooks: () => Promise.resolve(),
    delivery: () => Promise.resolve(),
  };
}
