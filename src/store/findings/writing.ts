import { unheard } from "./unheard.js";

/** Statements that the database works on while this process goes on. */
export interface Writing {
  /** Starts one; resolves when there is room for the next. Rejects with what an earlier one failed with. */
  add(start: () => Promise<void>): Promise<void>;
  /** Resolves when all have come through. */
  done(): Promise<void>;
  /** Resolves when none is under way any more, whatever came of it. */
  settled(): Promise<void>;
}

/** At most `most` at once. */
export function createWriting(most: number): Writing {
  const pending: Promise<void>[] = [];
  const first = async (): Promise<void> => {
    await pending[0];
    void pending.shift();
  };
  return {
    async add(start) {
      while (pending.length >= most) await first();
      pending.push(unheard(start()));
      // A statement leaves this process between two pieces of its work, and not before.
      await new Promise(setImmediate);
    },
    async done() {
      while (pending.length > 0) await first();
    },
    async settled() {
      await Promise.allSettled(pending);
    },
  };
}
