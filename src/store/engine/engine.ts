import type { Dialect } from "kysely";

/** One of the two databases that the store runs on. Both speak PostgreSQL. */
export interface Engine {
  readonly kind: "embedded" | "postgres";
  /** Where the data lie, without password: shown to users. */
  readonly place: string;
  readonly dialect: Dialect;
  /** Makes a copy that `migrate` can be undone with; undefined where the operator does that himself. */
  backup?(name: string): Promise<string>;
  /**
   * Copies its files into a folder that is not there yet, while nobody writes; making them durable is the caller's.
   * Undefined where the data lie elsewhere.
   */
  copyTo?(folder: string): Promise<void>;
  /** Ends everything that runs; the data are durable before. */
  close(): Promise<void>;
}
