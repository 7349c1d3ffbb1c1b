import { storeFault } from "../fault.js";

/** One at a time, in the order of asking. */
export interface Turns {
  /** Resolves to what ends the turn; rejects when it does not come within the limit. */
  take(): Promise<() => void>;
}

export function createTurns(limitMs: number): Turns {
  let tail: Promise<void> = Promise.resolve();
  return {
    async take() {
      const before = tail;
      let release: () => void = () => undefined;
      const own = new Promise<void>((resolve) => {
        release = resolve;
      });
      tail = before.then(() => own);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<"late">((resolve) => {
        timer = setTimeout(() => resolve("late"), limitMs);
      });
      const first = await Promise.race([before, late]);
      clearTimeout(timer);
      if (first !== "late") return release;
      // Who gave up must not hold up those behind him.
      release();
      throw storeFault("busy", `the embedded database was busy for ${String(limitMs / 1000)} s`);
    },
  };
}
