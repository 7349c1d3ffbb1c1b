import { emptyCatalogue, type Catalogue } from "../../core/accountability/index.js";
import type { Session } from "../../store/index.js";
import { currentCatalogue } from "../installation/catalogue.js";
import type { Installation } from "../installation/installation.js";
import { otherActions } from "./actions.js";
import type { Authorizer } from "./authorizer.js";
import { activeMembers, memberOf, operatorName, type Member } from "./member.js";
import { personOfLogin, type LoginClaims } from "./person-of-login.js";
import { principalOf } from "./principal.js";

/** How long somebody stays signed in, in milliseconds. */
export interface SessionLimits {
  /** Since they did anything. */
  readonly idle: number;
  /** Since they signed in, whatever they did. */
  readonly absolute: number;
}

export const defaultSessionLimits: SessionLimits = { idle: 3_600_000, absolute: 8 * 3_600_000 };

/** Who is signed in with a browser, and what the catalogue in force says they are. */
export interface SignedIn {
  readonly person: string;
  readonly name: string;
  readonly roles: string[];
  readonly teams: string[];
  readonly scopes: string[];
  readonly csrf: string;
  readonly method: string;
  readonly endsAt: string;
}

/** As the server knows them, request by request. */
export interface RecognisedSession {
  readonly session: Session;
  /** As the catalogue calls them. */
  readonly person: string;
}

export interface BegunSession {
  readonly secret: string;
  readonly signedIn: SignedIn;
}

/** Undefined where the token is not in force, or its person has left. */
export async function signInWithToken(
  installation: Installation,
  secret: string,
  limits: SessionLimits,
): Promise<BegunSession | undefined> {
  const { store } = installation;
  const token = await store.tokens.recognise(secret);
  const person = token === undefined ? undefined : await store.people.personOf(token.person);
  if (token === undefined || person === undefined || !(await isThere(installation, person))) return undefined;
  return begin(installation, person, { scopes: token.scopes, method: "token", token: token.id }, limits);
}

/** Somebody of the catalogue whom a login or the example vouches for. Undefined where they are not known, or have left. */
export async function signInAs(
  installation: Installation,
  person: string,
  begun: { readonly scopes: readonly string[]; readonly method: "oidc" | "example" },
  limits: SessionLimits,
): Promise<BegunSession | undefined> {
  const { store, now } = installation;
  const at = now();
  const catalogue = (await currentCatalogue(store, at))?.catalogue ?? emptyCatalogue;
  return memberOf(catalogue, person, at) === undefined
    ? undefined
    : begin(installation, person, begun, limits);
}

/** Why somebody whom the provider vouches for is not let in. */
export interface LoginRefusal {
  readonly kind: "refused";
  readonly reason: "nobody" | "left" | "several";
  readonly people: readonly string[];
}

/** Somebody whom the login of the organisation vouches for. */
export async function signInByLogin(
  installation: Installation,
  claims: LoginClaims,
  authorizer: Authorizer,
  limits: SessionLimits,
): Promise<({ readonly kind: "begun" } & BegunSession) | LoginRefusal> {
  const { store, now } = installation;
  const at = now();
  const catalogue = (await currentCatalogue(store, at))?.catalogue ?? emptyCatalogue;
  const found = personOfLogin(catalogue, claims, at);
  switch (found.kind) {
    case "nobody":
      return { kind: "refused", reason: "nobody", people: [] };
    case "left":
      return { kind: "refused", reason: "left", people: [found.person] };
    case "several":
      return { kind: "refused", reason: "several", people: found.people };
    case "found": {
      const scopes = scopesByPolicy(authorizer, catalogue, found.person, at);
      const begun = { scopes, method: "oidc" } as const;
      return { kind: "begun", ...(await begin(installation, found.person, begun, limits)) };
    }
  }
}

const allScopes = ["read", "act", "import", "admin"] as const;

/** What logging in gives somebody, as the policies say. */
function scopesByPolicy(
  authorizer: Authorizer,
  catalogue: Catalogue,
  person: string,
  now: string,
): readonly string[] {
  const principal = principalOf({
    catalogue,
    person,
    pseudonym: "",
    scopes: [],
    method: "oidc",
    now,
  });
  return allScopes.filter(
    (scope) => authorizer.judge(principal, otherActions.holdScope, undefined, { scope }).allowed,
  );
}

/** Who may put somebody into the catalogue, by name. */
export async function catalogueEditors(
  { store, now }: Installation,
  authorizer: Authorizer,
): Promise<readonly string[]> {
  const at = now();
  const current = await currentCatalogue(store, at);
  if (current === undefined) return [];
  const { catalogue } = current;
  return activeMembers(catalogue, at)
    .filter(({ id }) => scopesByPolicy(authorizer, catalogue, id, at).includes("admin"))
    .map(({ name }) => name);
}

async function begin(
  installation: Installation,
  person: string,
  begun: Pick<Session, "scopes" | "method" | "token">,
  { absolute }: SessionLimits,
): Promise<BegunSession> {
  const { store, now } = installation;
  const { session, secret } = await store.sessions.begin({
    ...begun,
    person: await store.people.pseudonymOf(person),
    expiresAt: new Date(Date.parse(now()) + absolute).toISOString(),
  });
  return { secret, signedIn: await viewSession(installation, { session, person }) };
}

/** Who the secret of a cookie belongs to. Whoever has left by now is signed out everywhere, at once. */
export async function recogniseSession(
  installation: Installation,
  secret: string,
  { idle }: SessionLimits,
): Promise<RecognisedSession | undefined> {
  const { store } = installation;
  const session = await store.sessions.recognise(secret, idle);
  if (session === undefined) return undefined;
  const person = await store.people.personOf(session.person);
  if (person !== undefined && (await isThere(installation, person))) return { session, person };
  await store.sessions.endAll(session.person);
  return undefined;
}

/** What a browser is told about who is signed in. */
export async function viewSession(
  { store, now }: Installation,
  { session, person }: RecognisedSession,
): Promise<SignedIn> {
  const at = now();
  const catalogue = (await currentCatalogue(store, at))?.catalogue ?? emptyCatalogue;
  const member = memberOf(catalogue, person, at);
  return {
    person,
    name: member?.name ?? person,
    roles: [...(member?.roles ?? [])],
    teams: [...(member?.teams ?? [])],
    scopes: [...session.scopes],
    csrf: session.csrf,
    method: session.method,
    endsAt: session.expiresAt,
  };
}

/**
 * Whether a token or session of theirs still counts: the operator, whoever the catalogue in force knows and who has
 * not left; before the first catalogue, everybody whom the operator gave a token.
 */
export async function isThere({ store, now }: Installation, person: string): Promise<boolean> {
  if (person === operatorName) return true;
  const at = now();
  const current = await currentCatalogue(store, at);
  return current === undefined || memberOf(current.catalogue, person, at) !== undefined;
}

/** The people whom the example lets anybody be. */
export async function peopleToBe({ store, now }: Installation): Promise<readonly Member[]> {
  const at = now();
  const current = await currentCatalogue(store, at);
  return current === undefined ? [] : activeMembers(current.catalogue, at);
}
