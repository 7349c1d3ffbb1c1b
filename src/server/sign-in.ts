import { defaultSessionLimits, type SessionLimits } from "../app/index.js";
import type { OidcLogin } from "./oidc-login.js";

/** How people sign in at this server. */
export interface SignIn {
  /** Anybody of the catalogue, without proof: only over the made-up company of the example. */
  readonly example: boolean;
  /** As browsers see it: `https://remit.example.com`; absent: http, from this machine alone. */
  readonly publicUrl?: string;
  /** Absent: nobody can log in with a provider. */
  readonly oidc?: OidcLogin;
  readonly sessions: SessionLimits;
}

export const defaultSignIn: SignIn = { example: false, sessions: defaultSessionLimits };
