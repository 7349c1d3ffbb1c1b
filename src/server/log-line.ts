/** One line per request, and one per fault. Neither headers nor bodies: secrets are never logged. */
export interface LogLine {
  readonly level: "info" | "error";
  readonly message: string;
  readonly reference?: string;
  readonly method?: string;
  readonly path?: string;
  readonly route?: string;
  readonly status?: number;
  readonly milliseconds?: number;
  readonly caller?: string;
}
