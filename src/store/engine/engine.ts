import type { Dialect } from "kysely";

/** One of the two databases that the store runs on. Both speak PostgreSQL. */
export interface Engine {
  readonly kind: "embedded" | "postgres";
  /** Where the data lie, without password: shown to users. */
  readonly place: string;
  readonly dialect: Dialect;
  /** Makes a copy that `migrate` can be undone with; undefined where the operator does that himself. */
  backup?(name: string): Promise<string>;
  /** Ends everything that runs; the data are durable before. */
  close(): Promise<void>;
}
