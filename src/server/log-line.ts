/** One line per request, per fault and per job that failed. Neither headers nor bodies: secrets are never logged. */
export interface LogLine {
  readonly level: "info" | "error";
  readonly message: string;
  readonly reference?: string;
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly milliseconds?: number;
  readonly caller?: string;
  /** Of a job that failed: which, and why. */
  readonly job?: string;
  readonly reason?: string;
}
