import { existsSync, readFileSync, statSync } from "node:fs";
import type { Console } from "./console.js";
import { fault } from "./errors.js";
import { given } from "./installation.js";

/** remit.config.yaml, in the folder where a command is started. */
export const configFile = "remit.config.yaml";

/** What may stand in it. Each is a variable of the environment too, which comes first, and a switch, which comes before. */
export interface Config {
  readonly host?: string;
  readonly port?: number | string;
  readonly publicUrl?: string;
  readonly oidc?: { readonly issuer?: string; readonly clientId?: string; readonly clientSecret?: string };
  readonly policies?: string;
  readonly home?: string;
  readonly databaseUrl?: string;
  readonly secretKey?: string;
  readonly server?: string;
  readonly logLevel?: string;
  /** As the variable has it, or days by kind: `{ findings: 90 }`. */
  readonly retention?: string;
  /** As the variable has it, or a list. */
  readonly webhookAllow?: string;
}

/** Settings of every command that works with an installation, and their variables. */
const variables = {
  home: "REMIT_HOME",
  databaseUrl: "REMIT_DATABASE_URL",
  secretKey: "REMIT_SECRET_KEY",
  server: "REMIT_SERVER",
  logLevel: "REMIT_LOG_LEVEL",
  retention: "REMIT_RETENTION",
  webhookAllow: "REMIT_WEBHOOK_ALLOW",
} as const satisfies { readonly [Key in keyof Config]?: string };

/** The console whose environment is filled up with what the file says. Reads nothing where there is no file. */
export async function withConfigFile(io: Console, path: string = configFile): Promise<Console> {
  if (!existsSync(path)) return io;
  const config = await readConfig(path);
  const env: Record<string, string | undefined> = { ...io.env };
  for (const [key, name] of Object.entries(variables)) {
    const value = config[key as keyof typeof variables];
    if (given(env[name]) === undefined && value !== undefined) env[name] = value;
  }
  return { ...io, env };
}

/** An empty one where there is no file. What it says that nobody knows is a fault with its name. */
export async function readConfig(path: string): Promise<Config> {
  if (!existsSync(path)) return {};
  const [{ parse }, { z }] = await Promise.all([import("yaml"), import("zod")]);
  let value: unknown;
  try {
    value = parse(readFileSync(path, "utf8"), { maxAliasCount: 0 }) ?? {};
  } catch (error) {
    throw fault("bad-setting", `\`${path}\` is no YAML: ${firstLine(error)}`, error);
  }
  const text = z.string().min(1).exactOptional();
  const read = z
    .strictObject({
      host: text,
      port: z.union([z.number(), z.string().min(1)]).exactOptional(),
      publicUrl: text,
      oidc: z.strictObject({ issuer: text, clientId: text, clientSecret: text }).exactOptional(),
      policies: text,
      home: text,
      databaseUrl: text,
      secretKey: text,
      server: text,
      logLevel: text,
      retention: z
        .union([z.string().min(1), z.record(z.string(), z.number())])
        .transform((value) => (typeof value === "string" ? value : listed(Object.entries(value))))
        .exactOptional(),
      webhookAllow: z
        .union([z.string().min(1), z.array(z.string().min(1))])
        .transform((value) => (typeof value === "string" ? value : value.join(",")))
        .exactOptional(),
    })
    .safeParse(value);
  if (!read.success) {
    const said = read.error.issues.map(({ path: at, message }) => `\`${at.join(".")}\`: ${message}`);
    throw fault("bad-setting", `\`${path}\`: ${said.join("; ")}`);
  }
  secretsApart(path, read.data);
  return read.data;
}

/** `findings=90,reads=30` */
const listed = (days: readonly (readonly [string, number])[]): string =>
  days.map(([kind, value]) => `${kind}=${String(value)}`).join(",");

/** A file with a secret in it is for one user; what others read is not a secret any more. */
function secretsApart(path: string, { secretKey, databaseUrl, oidc }: Config): void {
  const held = [
    ...(secretKey === undefined ? [] : ["secretKey"]),
    ...(databaseUrl !== undefined && /:\/\/[^/@]*:[^/@]+@/.test(databaseUrl) ? ["databaseUrl"] : []),
    ...(oidc?.clientSecret === undefined ? [] : ["oidc.clientSecret"]),
  ];
  const mode = statSync(path).mode & 0o077;
  if (held.length > 0 && mode !== 0 && process.platform !== "win32")
    throw fault(
      "bad-setting",
      `\`${path}\` holds ${held.map((name) => `\`${name}\``).join(" and ")} and others can read it: \`chmod 600 ${path}\``,
    );
}

const firstLine = (error: unknown): string =>
  error instanceof Error ? (error.message.split("\n")[0] ?? "") : "";
