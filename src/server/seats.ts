/** Places for connections that stay: so many for each caller, and so many in all. */
export interface Seats {
  /** Undefined where none is free; else what gives the place back, once however often it is called. */
  take(caller: string): (() => void) | undefined;
}

export function createSeats(each: number, all: number): Seats {
  const taken = new Map<string, number>();
  let total = 0;
  return {
    take(caller) {
      const own = taken.get(caller) ?? 0;
      if (own >= each || total >= all) return undefined;
      taken.set(caller, own + 1);
      total += 1;
      let given = false;
      return () => {
        if (given) return;
        given = true;
        total -= 1;
        const left = (taken.get(caller) ?? 1) - 1;
        if (left === 0) taken.delete(caller);
        else taken.set(caller, left);
      };
    },
  };
}
