import { isActive, type Catalogue } from "../../core/accountability/index.js";

/** What a login vouches for. `email`: only where the provider has verified it. */
export interface LoginClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly email?: string;
}

export type PersonOfLogin =
  | { readonly kind: "found"; readonly person: string }
  | { readonly kind: "left"; readonly person: string }
  /** Two entries claim the same login: nobody can tell which of them came. */
  | { readonly kind: "several"; readonly people: readonly string[] }
  | { readonly kind: "nobody" };

/**
 * Whom of the catalogue a login stands for: who declares the principal `oidc:ISSUER#SUBJECT`; else who declares the
 * verified address, as the session name of a principal (`…#ana@example.com`), as `mailto:`, or as their id.
 */
export function personOfLogin(catalogue: Catalogue, claims: LoginClaims, now: string): PersonOfLogin {
  const declared = `oidc:${claims.issuer.replace(/\/$/, "")}#${claims.subject}`;
  const bySubject = catalogue.people.filter(({ principals }) =>
    // As it is written: a wildcard here would let a whole provider in.
    principals.some((principal) => principal.replace(/\/#/, "#") === declared),
  );
  const found = bySubject.length > 0 ? bySubject : byEmail(catalogue, claims.email);
  const active = found.filter((person) => isActive(person, now));
  const [first] = active.length > 0 ? active : found;
  if (first === undefined) return { kind: "nobody" };
  if (active.length > 1) return { kind: "several", people: active.map(({ id }) => id).sort() };
  return active.length === 1 ? { kind: "found", person: first.id } : { kind: "left", person: first.id };
}

function byEmail({ people }: Catalogue, email: string | undefined): Catalogue["people"] {
  const address = email?.trim().toLowerCase() ?? "";
  if (!/^[^@\s#*?]+@[^@\s#*?]+$/.test(address)) return [];
  return people.filter(
    ({ id, principals }) =>
      id.toLowerCase() === address ||
      principals.some((principal) => {
        const text = principal.toLowerCase();
        return text === `mailto:${address}` || text.endsWith(`#${address}`);
      }),
  );
}
