/** 0 completed; 1 a condition failed; 2 wrong usage or nothing readable; 3 some input was rejected; 4 internal fault. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

interface ErrorKind {
  readonly exit: ExitCode;
  /** `{}` stands for what the user typed or what was found. */
  readonly message: string;
  readonly hint: string;
}

/** Every fault that the command line ends with. docs/errors.md is this table; a test keeps them equal. */
export const errorKinds = {
  usage: { exit: 2, message: "{}", hint: "`remit COMMAND --help` shows an example" },
  "no-input": {
    exit: 2,
    message: "nothing to read: neither `--estate` nor `--findings` was given",
    hint: "give files, folders or patterns, or `-` for standard input",
  },
  "no-estate": {
    exit: 2,
    message: "this question needs an estate and `--estate` was not given",
    hint: "start with the output of `aws iam get-account-authorization-details`",
  },
  "nothing-readable": {
    exit: 2,
    message: "nothing could be read: {}",
    hint: "each file is recognised by its content; `remit analyze --help` names the kinds",
  },
  "bad-change": {
    exit: 2,
    message: "the change cannot be applied: {}",
    hint: "`remit schema change` prints the form of a change document",
  },
  "stdin-twice": {
    exit: 2,
    message: "standard input was asked for more than once",
    hint: "use `-` for one option only",
  },
  "unknown-format": {
    exit: 2,
    message: "there is no format {}",
    hint: "use one of table, json, markdown, html",
  },
  "later-format": {
    exit: 2,
    message: "the format {} is not written yet",
    hint: "use one of table, json, markdown, html",
  },
  "bad-time": {
    exit: 2,
    message: "{} is no time",
    hint: "write it as `2026-11-22` or `2026-11-22T09:00:00Z`",
  },
  "bad-account": { exit: 2, message: "{} is no AWS account id", hint: "write its twelve digits" },
  "bad-secret-key": {
    exit: 2,
    message: "REMIT_SECRET_KEY has {} characters and at least 32 are needed",
    hint: "make one with `openssl rand -base64 32`, keep it, and give every run the same; or unset it",
  },
  "bad-class": {
    exit: 2,
    message: "there is no class {} to ask for",
    hint: "`--class configuration` makes plain settings cases too",
  },
  "bad-condition": {
    exit: 2,
    message: "{} is no condition",
    hint: "use possible, unknown, governed, none, new, tier>=2, band<=1, severity>=high; `&` joins, `,` separates",
  },
  "new-without-baseline": {
    exit: 2,
    message: "`new` says nothing without a baseline",
    hint: "add `--baseline FILE`, an earlier `--format json`",
  },
  "bad-baseline": {
    exit: 2,
    message: "the baseline {}",
    hint: "make one with `remit analyze … --format json --out FILE`",
  },
  "bad-policy": {
    exit: 2,
    message: "the policy {}",
    hint: "it holds the `policy` part of a catalogue: `remit schema policy`",
  },
  "unknown-case": {
    exit: 2,
    message: "there is no case {}",
    hint: "`remit analyze … --all` lists the cases of these inputs",
  },
  "ambiguous-case": { exit: 2, message: "several cases begin with {}", hint: "give more of the id" },
  "no-last-run": {
    exit: 2,
    message: "no inputs were given, and none are remembered here",
    hint: "give `--estate` and `--findings`, or run `remit analyze` in this folder first",
  },
  "open-host": {
    exit: 2,
    message: "will not listen on {}: no login is configured, so only this machine may connect",
    hint: "set REMIT_OIDC_ISSUER, REMIT_OIDC_CLIENT_ID and REMIT_PUBLIC_URL, or use 127.0.0.1, ::1 or localhost",
  },
  "bad-port": {
    exit: 2,
    message: "{} is not a port",
    hint: "use a number from 0 to 65535 (--port or REMIT_PORT)",
  },
  "bad-setting": {
    exit: 2,
    message: "{}",
    hint: "`remit serve --help` names every setting",
  },
  "port-taken": {
    exit: 4,
    message: "port {} is taken",
    hint: "stop what uses it, or choose another with --port or REMIT_PORT",
  },
  "no-installation": {
    exit: 2,
    message: "there is no installation in {}",
    hint: "set REMIT_HOME or REMIT_DATABASE_URL, or name a file",
  },
  "bad-server": {
    exit: 2,
    message: "{} is no address of a server",
    hint: "write it as `https://remit.example` (--server or REMIT_SERVER), without name or password",
  },
  "plain-server": {
    exit: 2,
    message: "will not send a token to {}: the way there is not encrypted",
    hint: "use https; plain http is for this machine alone",
  },
  "bad-token": {
    exit: 2,
    message: "{} holds no token",
    hint: "it is one line that begins with `remit_`: `remit token issue PERSON --out FILE` makes one",
  },
  "no-token": {
    exit: 2,
    message: "the server does not know who asks",
    hint: "put a token that is in force into REMIT_TOKEN, or name its file with `--token-file`",
  },
  "not-allowed": { exit: 2, message: "{}", hint: "use a token with the scope that is named" },
  "not-there": { exit: 2, message: "{}", hint: "`remit cases list` shows what there is" },
  "bad-request": { exit: 2, message: "{}", hint: "`remit COMMAND --help` shows an example" },
  "server-refuses": {
    exit: 1,
    message: "{}",
    hint: "look again with `remit cases show`, and repeat what still applies",
  },
  "server-away": {
    exit: 4,
    message: "nothing answers at {}",
    hint: "check the address, and that `remit serve` runs there",
  },
  "server-fault": {
    exit: 4,
    message: "the server could not do it: {}",
    hint: "look for the reference in its log",
  },
  "not-remit": {
    exit: 4,
    message: "{}, and that is no answer of this release of Remit",
    hint: "check the address and what stands before it; `remit --version` and the server's should be the same",
  },
  "embedded-worker": {
    exit: 2,
    message: "{}, and one process at a time can have it",
    hint: "`remit serve` runs the jobs of an embedded installation; for workers set REMIT_DATABASE_URL",
  },
  store: { exit: 4, message: "the store cannot be used: {}", hint: "see docs/operations.md" },
  "bad-question": { exit: 2, message: "{}", hint: "`remit COMMAND --help` shows an example" },
  "bad-proof": {
    exit: 2,
    message: "{}",
    hint: "make one with `remit explain CASE --proof FILE`",
  },
  "unknown-schema": { exit: 2, message: "there is no schema {}", hint: "`remit schema` lists them" },
  "file-exists": {
    exit: 2,
    message: "{} exists already",
    hint: "name another file with `--out`: a catalogue is never written over",
  },
  "cannot-write": {
    exit: 4,
    message: "{} could not be written",
    hint: "check the folder and its permissions",
  },
  internal: {
    exit: 4,
    message: "an internal fault: {}",
    hint: "run again with DEBUG=1 for the place, and report it",
  },
} as const satisfies Readonly<Record<string, ErrorKind>>;

export type ErrorCode = keyof typeof errorKinds;

export interface CliFault extends Error {
  readonly code: ErrorCode;
  readonly exit: ExitCode;
  readonly hint: string;
}

const marker = Symbol("remit.fault");

/** An error of the registry. `what` fills the message; quote user input with backticks. */
export function fault(code: ErrorCode, what = "", cause?: unknown): CliFault {
  const { exit, message, hint } = errorKinds[code];
  const error = new Error(
    message.replace("{}", () => what),
    { cause },
  );
  return Object.assign(error, { [marker]: true, code, exit, hint });
}

export const isFault = (error: unknown): error is CliFault => error instanceof Error && marker in error;
