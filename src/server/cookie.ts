import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { ServerEnv } from "./server-env.js";

/**
 * Cookies of this installation. Over https they carry the prefix `__Host-`: no other name of the same domain can set or
 * read them (RFC 6265bis 4.1.3.2). Over http, which is only spoken on this machine itself, that prefix is not accepted.
 */
export interface Cookies {
  readonly name: string;
  /** Kept from scripts and from requests that come from other sites. `seconds`: as long as it may live. */
  setSession(c: Context<ServerEnv>, secret: string, seconds: number): void;
  session(c: Context<ServerEnv>): string | undefined;
  dropSession(c: Context<ServerEnv>): void;
  /** Of a login that was begun: comes along when the provider sends the browser back, so it cannot be Strict. */
  setLogin(c: Context<ServerEnv>, text: string, seconds: number): void;
  login(c: Context<ServerEnv>): string | undefined;
  dropLogin(c: Context<ServerEnv>): void;
}

const name = "remit";
const login = "remit-login";

export function cookiesOf(secure: boolean): Cookies {
  const prefix = secure ? ({ prefix: "host" } as const) : {};
  const common = { path: "/", httpOnly: true, secure, ...prefix } as const;
  return {
    name: secure ? `__Host-${name}` : name,
    setSession(c, secret, seconds) {
      setCookie(c, name, secret, { ...common, sameSite: "Strict", maxAge: seconds });
    },
    session: (c) => (secure ? getCookie(c, name, "host") : getCookie(c, name)),
    dropSession(c) {
      deleteCookie(c, name, common);
    },
    setLogin(c, text, seconds) {
      setCookie(c, login, text, { ...common, sameSite: "Lax", maxAge: seconds });
    },
    login: (c) => (secure ? getCookie(c, login, "host") : getCookie(c, login)),
    dropLogin(c) {
      deleteCookie(c, login, common);
    },
  };
}
