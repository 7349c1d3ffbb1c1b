/** What a job is handed. Ids only: neither secrets nor people lie in a queue. */
export interface JobPayloads {
  /** What time alone brings about in cases. */
  readonly clocks: Nothing;
  /** Ends of what the catalogue says, and people who left. */
  readonly catalogue: Nothing;
  /** What was taken in and not analysed yet. */
  readonly analysis: Nothing;
  /** The end of the ledger, signed. */
  readonly checkpoint: Nothing;
  /** What is kept no longer. */
  readonly retention: Nothing;
  /** What happened since, as deliveries to those who want to be told. */
  readonly webhooks: Nothing;
  readonly delivery: { readonly id: string };
}

type Nothing = Readonly<Record<string, never>>;

export type JobName = keyof JobPayloads;

export interface JobKind {
  /** `one`: no more than one waits and one runs, in all processes together; `each`: every one of them. */
  readonly runs: "one" | "each";
  /** A job whose process died is given to another after so long. */
  readonly expireSeconds: number;
  /** Tried again so often, each time after about twice as long, beginning with `retrySeconds`. */
  readonly retries: number;
  readonly retrySeconds: number;
  /** So many at once in one process. */
  readonly beside: number;
}

/** What comes again by itself needs no other try. */
const periodic = { runs: "one", retries: 0, retrySeconds: 0, beside: 1 } as const;

export const jobKinds: Readonly<Record<JobName, JobKind>> = {
  clocks: { ...periodic, expireSeconds: 120 },
  // An analysis of everything may be part of it.
  catalogue: { ...periodic, expireSeconds: 4 * 3600 },
  analysis: { ...periodic, expireSeconds: 4 * 3600 },
  checkpoint: { ...periodic, expireSeconds: 60 },
  retention: { ...periodic, expireSeconds: 3600 },
  webhooks: { ...periodic, expireSeconds: 60 },
  // The last try is one to two days after the first; a slow receiver does not hold up the others.
  delivery: { runs: "each", expireSeconds: 60, retries: 12, retrySeconds: 20, beside: 4 },
};

export const jobNames = Object.keys(jobKinds).sort() as readonly JobName[];
