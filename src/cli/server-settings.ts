import type { OidcSettings } from "../server/index.js";
import { configFile, readConfig } from "./config-file.js";
import type { Console } from "./console.js";
import { fault } from "./errors.js";
import { given } from "./installation.js";

/** Switches of `remit serve` about where it answers and who may come in. */
export interface ServerFlags {
  readonly host?: string;
  readonly port?: string;
  readonly publicUrl?: string;
  readonly oidcIssuer?: string;
  readonly oidcClientId?: string;
  readonly oidcClientSecret?: string;
  readonly policies?: string;
}

export interface ServerSettings {
  readonly host: string;
  readonly port: number;
  /** As browsers see it. */
  readonly publicUrl?: string;
  readonly oidc?: OidcSettings;
  /** Folder or file of Cedar policies instead of those that ship. */
  readonly policies?: string;
}

/** A value, and what it is called where it was set: an error names that. */
interface Stated {
  readonly value: string;
  readonly from: string;
}

/**
 * The switch, else the variable, else the file, else what stands in the help. A wrong value, or a login that is only half
 * configured, is a fault that names it. `isLoopback`: whether nobody but this machine can reach an address.
 */
export async function serverSettings(
  flags: ServerFlags,
  io: Pick<Console, "env">,
  isLoopback: (host: string) => boolean,
  path: string = configFile,
): Promise<ServerSettings> {
  const file = await readConfig(path);
  const find = (
    flag: keyof ServerFlags,
    name: string,
    variable: string,
    inFile: string | number | undefined,
    key: string,
  ) => {
    const [switched, env] = [flags[flag], given(io.env[variable])];
    if (switched !== undefined) return { value: switched, from: `--${name}` };
    if (env !== undefined) return { value: env, from: variable };
    return inFile === undefined ? undefined : { value: String(inFile), from: `\`${key}\` of ${path}` };
  };
  const host = find("host", "host", "REMIT_HOST", file.host, "host")?.value ?? "127.0.0.1";
  const port = portOf(find("port", "port", "REMIT_PORT", file.port, "port")?.value ?? "7373");
  const stated = find("publicUrl", "public-url", "REMIT_PUBLIC_URL", file.publicUrl, "publicUrl");
  const publicUrl = stated === undefined ? undefined : publicUrlOf(stated, isLoopback);
  const oidc = oidcOf(
    {
      issuer: find("oidcIssuer", "oidc-issuer", "REMIT_OIDC_ISSUER", file.oidc?.issuer, "oidc.issuer"),
      id: find(
        "oidcClientId",
        "oidc-client-id",
        "REMIT_OIDC_CLIENT_ID",
        file.oidc?.clientId,
        "oidc.clientId",
      ),
      secret: find(
        "oidcClientSecret",
        "oidc-client-secret",
        "REMIT_OIDC_CLIENT_SECRET",
        file.oidc?.clientSecret,
        "oidc.clientSecret",
      ),
    },
    publicUrl ?? `http://${host.includes(":") ? `[${host}]` : host}:${String(port)}`,
    isLoopback,
  );
  if (oidc !== undefined && publicUrl === undefined && port === 0)
    throw fault(
      "bad-setting",
      "port 0 with a login: the provider must know the address, so set REMIT_PUBLIC_URL",
    );
  if (!isLoopback(host) && (oidc === undefined || publicUrl === undefined))
    throw fault("open-host", `\`${host}\``);
  const policies = find("policies", "policies", "REMIT_POLICIES", file.policies, "policies")?.value;
  return {
    host,
    port,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(oidc === undefined ? {} : { oidc }),
    ...(policies === undefined ? {} : { policies }),
  };
}

function portOf(port: string): number {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw fault("bad-port", `\`${port}\``);
  return Number(port);
}

/** Cookies cross the network: only with TLS, or not at all. */
function publicUrlOf({ value, from }: Stated, isLoopback: (host: string) => boolean): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || url.pathname !== "/" || url.search !== "" || url.username !== "")
    throw fault("bad-setting", `${from} is \`${value}\`: write it like \`https://remit.example.com\``);
  if (url.protocol === "https:" || (url.protocol === "http:" && isLoopback(bare(url)))) return url.origin;
  throw fault("bad-setting", `${from} is \`${value}\`: only https, or this machine itself`);
}

function oidcOf(
  { issuer, id, secret }: Readonly<Record<"issuer" | "id" | "secret", Stated | undefined>>,
  publicUrl: string,
  isLoopback: (host: string) => boolean,
): OidcSettings | undefined {
  if (issuer === undefined && id === undefined && secret === undefined) return undefined;
  const halves = [
    [issuer, "REMIT_OIDC_ISSUER"],
    [id, "REMIT_OIDC_CLIENT_ID"],
  ] as const;
  for (const [value, name] of halves)
    if (value === undefined)
      throw fault("bad-setting", `${(issuer ?? id ?? secret)?.from ?? ""} is set and ${name} is not`);
  const [address, client] = [issuer as Stated, id as Stated];
  const url = URL.canParse(address.value) ? new URL(address.value) : undefined;
  if (
    url === undefined ||
    !(url.protocol === "https:" || (url.protocol === "http:" && isLoopback(bare(url))))
  )
    throw fault("bad-setting", `${address.from} is \`${address.value}\`: it is no https address`);
  return {
    issuer: address.value,
    clientId: client.value,
    publicUrl,
    ...(secret === undefined ? {} : { clientSecret: secret.value }),
  };
}

const bare = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, "$1");
