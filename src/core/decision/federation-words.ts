import type { Hop } from "../access/index.js";
import { principalId, type Estate } from "../estate/index.js";
import { nameOf, shortName } from "./names.js";

/** What to change about a federated subject, an application, a service principal or its grant (decision-rules.md C, 2). */
export function federationText(hop: Hop, estate: Estate): string {
  const from = nameOf(hop.from);
  const to = nameOf(hop.to);
  if (/[*?]/.test(hop.from)) return `${to}: pin the trust to one repository, branch or environment (${from})`;
  const consent = estate.consents.find(({ id }) => id === hop.from || `consent:${id}` === hop.from);
  if (consent !== undefined || hop.from.startsWith("consent:")) {
    const scopes = consent === undefined ? "" : ` (${consent.scopes.join(", ")})`;
    return `${consent === undefined ? to : nameOf(consent.app)}: withdraw what was consented to${scopes}, or narrow it to what is used`;
  }
  const grant = estate.credentials.find(({ id }) => id === hop.from);
  if (grant !== undefined)
    return `${nameOf(grant.holder)}: revoke its grant ${shortName(grant.id)}, and let it in again only for a short time and for what it needs`;
  const enters = estate.principal(principalId(hop.to))?.kind === "role";
  return enters && hop.from !== hop.to
    ? `${to}: gate what may enter as ${from}, or take the trust away`
    : `${titled(hop.from, estate)}: an owner, and a short-lived identity that is proven at each use, in place of what it signs in with`;
}

const kinds: Readonly<Record<string, string>> = {
  "service-account": "service account ",
  "managed-identity": "managed identity ",
  application: "application ",
};

const titled = (id: string, estate: Estate): string =>
  `${kinds[estate.principal(principalId(id))?.kind ?? ""] ?? ""}${nameOf(id)}`;
