import { currentPrincipal, type Authorizer, type Installation } from "../app/index.js";
import type { Scope } from "../api/index.js";
import type { Caller } from "./server-env.js";

/** Somebody who sends a request, with what the policies make of them now. */
export async function callerOf(
  installation: Installation,
  authorizer: Authorizer,
  given: Pick<Caller, "id" | "person" | "pseudonym" | "session"> & { readonly scopes: readonly Scope[] },
): Promise<Caller> {
  const { person, pseudonym, scopes, session } = given;
  const method = session?.method ?? "token";
  const principal = await currentPrincipal(installation, { person, pseudonym, scopes, method });
  return { ...given, principal, visible: authorizer.visibleTo(principal) };
}
