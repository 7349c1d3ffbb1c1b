import * as oidc from "openid-client";
import { isLoopback } from "./own-machine.js";

/** A login of the organisation (OpenID Connect Core 1.0), with code, PKCE, state and nonce. */
export interface OidcLogin {
  /** What the button says: `idp.example.com`. */
  readonly label: string;
  begin(): Promise<BegunLogin>;
  /** `url`: as the browser came back. Rejects with a `LoginFault`. */
  finish(url: URL, pending: PendingLogin): Promise<Claims>;
}

/** What only the browser that began may finish with. */
export interface PendingLogin {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface BegunLogin {
  readonly href: string;
  readonly pending: PendingLogin;
}

/** What the provider vouches for. */
export interface Claims {
  readonly issuer: string;
  readonly subject: string;
  /** Only where the provider has verified it. */
  readonly email?: string;
}

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  /** Of this installation; the provider sends browsers back to `/auth/callback` there. */
  readonly publicUrl: string;
}

/** Which check failed, in words for the person who stands before it. */
export interface LoginFault extends Error {
  readonly check: string;
  /** The provider did not answer: nothing is wrong with the person. */
  readonly away: boolean;
}

const marker = Symbol("remit.login");

export const isLoginFault = (error: unknown): error is LoginFault =>
  error instanceof Error && marker in error;

const loginFault = (check: string, away: boolean, cause: unknown): LoginFault =>
  Object.assign(new Error(check, { cause }), { [marker]: true, check, away });

/** Seconds that the provider may take for an answer. */
const timeout = 10;

/** The provider is asked about itself with the first login, and again where it did not answer. */
export function oidcLogin(settings: OidcSettings): OidcLogin {
  const issuer = new URL(settings.issuer);
  const redirect = new URL("/auth/callback", settings.publicUrl).href;
  let found: Promise<oidc.Configuration> | undefined;
  const provider = async (): Promise<oidc.Configuration> => {
    found ??= oidc.discovery(
      issuer,
      settings.clientId,
      undefined,
      settings.clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(settings.clientSecret),
      // openid-client marks this deprecated "only to make it stand out", and has no other way to a provider without TLS.
      // RFC 6749 3.1 asks for TLS because codes and secrets cross a network: to a provider on this machine they cross none.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      { timeout, execute: plainHttpIsHere(issuer) ? [oidc.allowInsecureRequests] : [] },
    );
    try {
      return await found;
    } catch (error) {
      found = undefined;
      throw loginFault(`\`${issuer.host}\` does not answer as an OpenID provider`, true, error);
    }
  };
  return {
    label: issuer.host,
    async begin() {
      const configuration = await provider();
      const pending = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const { href } = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirect,
        scope: "openid email profile",
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: "S256",
      });
      return { href, pending };
    },
    async finish(url, pending) {
      const configuration = await provider();
      const here = new URL(redirect);
      here.search = url.search;
      const tokens = await oidc
        .authorizationCodeGrant(configuration, here, {
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          pkceCodeVerifier: pending.verifier,
          idTokenExpected: true,
        })
        .catch((error: unknown) => {
          throw loginFault(checkOf(error), false, error);
        });
      const claims = tokens.claims();
      if (claims === undefined) throw loginFault("the provider sent no id token", false, undefined);
      // Many providers say the email only at their own door.
      const more =
        claims["email"] === undefined && configuration.serverMetadata().userinfo_endpoint !== undefined
          ? await oidc
              .fetchUserInfo(configuration, tokens.access_token, claims.sub)
              .catch((error: unknown) => {
                throw loginFault("the provider did not say who you are", true, error);
              })
          : claims;
      const email = more["email_verified"] === true ? more["email"] : undefined;
      return {
        issuer: claims.iss,
        subject: claims.sub,
        ...(typeof email === "string" ? { email } : {}),
      };
    },
  };
}

/** Without TLS only to a provider on this machine. */
export const plainHttpIsHere = ({ protocol, hostname }: URL): boolean =>
  protocol === "http:" && isLoopback(hostname.replace(/^\[(.*)\]$/, "$1"));

/** The provider's own code where it refused (RFC 6749 4.1.2.1), else which of our checks failed. */
function checkOf(error: unknown): string {
  if (error instanceof oidc.AuthorizationResponseError)
    return `the provider refused: \`${error.error.slice(0, 80)}\``;
  if (error instanceof oidc.ResponseBodyError)
    return `the provider did not take the code: \`${error.error.slice(0, 80)}\``;
  const cause = error instanceof Error ? error.cause : undefined;
  const message = cause instanceof Error ? cause.message : "";
  if (message.includes("state")) return "the answer belongs to another login (`state`)";
  if (message.includes("nonce")) return "the id token belongs to another login (`nonce`)";
  return "the answer of the provider did not pass its checks";
}
