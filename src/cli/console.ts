import { visible } from "./visible.js";

/** The world of a command: where it writes and what it may know. Handed in, so that tests need no process. */
export interface Console {
  /** Resolves when the text is out: a large document must not be cut by the end of the process. */
  readonly out: (text: string) => Promise<void>;
  readonly err: (text: string) => void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Columns of the terminal; undefined where there is none. */
  readonly columns: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the process began. */
  readonly elapsed: () => number;
  /** The time of the clock, ISO 8601. */
  readonly now: () => string;
}

export const processConsole: Console = {
  out: (text) =>
    new Promise((resolve, reject) => {
      process.stdout.write(text, (error) => {
        // A reader that has seen enough (`| head`) is no fault of ours.
        if (error && "code" in error && error.code === "EPIPE") resolve();
        else if (error) reject(error);
        else resolve();
      });
    }),
  err: (text) => {
    process.stderr.write(text);
  },
  outIsTerminal: process.stdout.isTTY,
  errIsTerminal: process.stderr.isTTY,
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  env: process.env,
  elapsed: () => performance.now(),
  now: () => new Date().toISOString(),
};

/** https://no-color.org: set to anything but nothing, there is no colour. */
export const usesColour = (io: Console): boolean =>
  io.outIsTerminal && (io.env["NO_COLOR"] ?? "") === "" && io.env["TERM"] !== "dumb";

/** Columns to lay out for: the terminal's, else `COLUMNS`, else the widest that is used. */
export function widthFor(io: Console): number {
  const stated = Number(io.env["COLUMNS"]);
  return io.columns ?? (Number.isInteger(stated) && stated > 0 ? stated : 160);
}

/** One line that replaces itself, on a terminal only; `clear` before anything else is written. */
export function progressOf(io: Console): {
  readonly show: (text: string) => void;
  readonly clear: () => void;
} {
  if (!io.errIsTerminal) return { show: () => undefined, clear: () => undefined };
  const width = Math.max(20, (io.columns ?? 80) - 1);
  return {
    show: (text) => {
      io.err(`\r\u001b[K${visible(text).slice(0, width)}`);
    },
    clear: () => {
      io.err("\r\u001b[K");
    },
  };
}
