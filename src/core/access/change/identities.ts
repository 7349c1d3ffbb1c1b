import { principalId, type Credential, type Principal, type Statement } from "../../estate/index.js";
import type { Change } from "./change.js";
import type { Draft } from "./draft.js";
import { changeOrigin } from "./place.js";
import type { Refusal } from "./policies.js";

type Of<Kind extends Change["kind"]> = Extract<Change, { readonly kind: Kind }>;

const unknownCredential = (id: string): string =>
  `the estate holds no credential \`${id}\`: write it as \`aws:access-key/AKIA…\` or as the estate names it`;

export function revoke(draft: Draft, { credential: id }: Of<"revoke">): Refusal {
  const credential = draft.credential(id);
  const user = /^aws:password\/(.+)$/.exec(id)?.[1];
  const signIn = user === undefined ? undefined : draft.principal(principalId(user));
  // How a user signs in may be all that is known of a password.
  if (credential === undefined && signIn?.console !== undefined) {
    draft.putPrincipal({ ...signIn, console: { ...signIn.console, password: false } });
    return undefined;
  }
  if (credential === undefined) return unknownCredential(id);
  draft.putCredential({ ...credential, status: "deleted" });
  const holder = draft.principal(credential.holder);
  // A password is told twice: by the list of credentials and by how the user signs in.
  if (credential.kind === "password" && holder?.console !== undefined)
    draft.putPrincipal({ ...holder, console: { ...holder.console, password: false } });
  return undefined;
}

export function rotate(draft: Draft, { credential: id }: Of<"rotate">): Refusal {
  const credential = draft.credential(id);
  if (credential === undefined) return unknownCredential(id);
  draft.putCredential({ ...credential, copies: [] });
  return undefined;
}

export function revokeSessions(draft: Draft, { principal: id }: Of<"revokeSessions">): Refusal {
  const principal = draft.principal(id);
  if (principal === undefined) return `the estate holds no identity \`${id}\``;
  if (principal.immutable === "service-linked")
    return `sessions of \`${principal.name}\` cannot be revoked: it is service-linked`;
  for (const credential of credentialsOf(draft, principal))
    if (credential.kind === "session") draft.putCredential({ ...credential, status: "deleted" });
  return undefined;
}

const credentialsOf = (draft: Draft, { id }: Principal): readonly Credential[] =>
  draft.base.credentialsOf(id).map((item) => draft.credential(item.id) ?? item);

const quarantine: Statement = {
  pointer: "/Statement/0",
  sid: "Disabled",
  effect: "Deny",
  action: { negated: false, patterns: ["*"] },
  resource: { negated: false, patterns: ["*"] },
  conditions: [],
};

/**
 * Stays in place and can do nothing: everything is denied, nobody enters, its keys sleep. Whoever may rewrite it can
 * take that back, which is why disabling alone is interim (R37).
 */
export function disablePrincipal(
  draft: Draft,
  { principal: id }: Of<"disablePrincipal">,
  at: number,
): Refusal {
  const principal = draft.principal(id);
  if (principal === undefined) return `the estate holds no identity \`${id}\``;
  if (principal.immutable !== undefined)
    return `\`${principal.name}\` is ${principal.immutable}: nobody of the account disables it`;
  if (principal.kind === "root")
    return "an account root cannot be disabled: remove its keys and its password";
  for (const credential of credentialsOf(draft, principal))
    if (credential.status === "active" || credential.status === "unknown")
      draft.putCredential({ ...credential, status: "inactive" });
  const { console: signIn, trustPolicy } = principal;
  draft.putPrincipal({
    ...principal,
    inline: [
      ...principal.inline,
      {
        name: "remit-disabled",
        document: { version: "2012-10-17", statements: [quarantine] },
        origin: changeOrigin(at),
      },
    ],
    ...(signIn === undefined ? {} : { console: { ...signIn, password: false } }),
    ...(trustPolicy === undefined
      ? {}
      : { trustPolicy: { ...trustPolicy, document: { ...trustPolicy.document, statements: [] } } }),
  });
  const trusts = draft.list("trusts");
  if (trusts.some(({ to }) => to === id))
    draft.putList(
      "trusts",
      trusts.filter(({ to }) => to !== id),
    );
  if (principal.provider !== "aws")
    draft.putList("grants", [
      ...draft.list("grants"),
      {
        id: `disabled|${id}`,
        holder: id,
        effect: "Deny",
        actions: ["*"],
        resources: ["*"],
        origin: changeOrigin(at),
      },
    ]);
  return undefined;
}

export function removeConsent(draft: Draft, { app, scopes }: Of<"removeConsent">): Refusal {
  const consents = draft.list("consents");
  const named = consents.filter((item) => item.app === app);
  if (named.length === 0) return `the estate holds no consent of \`${app}\``;
  const absent = scopes.find((scope) => !named.some((item) => item.scopes.includes(scope)));
  if (absent !== undefined) return `\`${app}\` has no consent for \`${absent}\``;
  const gone = (scope: string): boolean => scopes.length === 0 || scopes.includes(scope);
  draft.putList(
    "consents",
    consents.flatMap((item) => {
      if (item.app !== app) return [item];
      const kept = item.scopes.filter((scope) => !gone(scope));
      return kept.length === 0 ? [] : [{ ...item, scopes: kept }];
    }),
  );
  return undefined;
}
