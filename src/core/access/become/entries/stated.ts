import { evidenceAt, type Principal, type Trust } from "../../../estate/index.js";
import type { Entry } from "../../become.js";
import { globMatches } from "../../glob.js";
import { entry, personBand, type EntryParts } from "./entry.js";
import { platformOf } from "./subject.js";

/** Ways in that the native estate document states: trusts without a provider document, and people themselves. */
export function statedEntries(parts: EntryParts, principal: Principal): readonly Entry[] {
  const { estate } = parts.model;
  const found: Entry[] = [];
  for (const trust of estate.trusts)
    if (trust.to === principal.id) found.push(...trustEntry(parts, principal, trust));
  if (principal.kind === "person") {
    found.push(
      entry(principal.id, {
        kind: "human",
        band: personBand(parts, principal.id),
        label: principal.name,
        starter: principal.id,
        evidence: [evidenceAt(principal.origin, principal.name)],
      }),
    );
  }
  for (const consent of estate.consents) {
    if (consent.app !== principal.id) continue;
    const scopes = consent.scopes.slice(0, 3).join(", ");
    found.push(
      entry(principal.id, {
        kind: "federated-workload",
        band: 2,
        label: `consent to ${scopes}`,
        starter: consent.id,
        evidence: [evidenceAt(consent.origin, `${principal.name}: ${scopes}`)],
      }),
    );
  }
  return found;
}

function trustEntry(parts: EntryParts, principal: Principal, trust: Trust): readonly Entry[] {
  const evidence = [
    evidenceAt(trust.origin, `trust ${trust.id}: ${trust.from} may become ${principal.name}`),
  ];
  const condition = trust.condition === undefined ? "" : `, ${trust.condition}`;
  switch (trust.kind) {
    case "principal":
      return parts.model.index(trust.from as Principal["id"]) === undefined
        ? [
            entry(principal.id, {
              kind: "trust",
              band: 2,
              label: `${trust.from}${condition}`,
              starter: trust.from,
              evidence,
            }),
          ]
        : [];
    case "everyone":
      return [
        entry(principal.id, { kind: "trust", band: 1, label: `anyone${condition}`, starter: "*", evidence }),
      ];
    case "external-account": {
      const guarded = trust.externalId === true;
      const label = `account ${trust.from.replace(/^aws:/, "")}${guarded ? ", with external id" : trust.externalId === false ? ", no external id" : ", external id not known"}${condition}`;
      return [
        entry(principal.id, { kind: "trust", band: guarded ? 2 : 1, label, starter: trust.from, evidence }),
      ];
    }
    case "oidc": {
      const set = platformOf(
        trust.from.startsWith("repo:") ? "token.actions.githubusercontent.com" : "issuer",
      ).classify(trust.from);
      return [
        entry(principal.id, {
          kind: "federated-workload",
          band: trust.from === "*" ? 1 : set.band,
          label: trust.from === "*" ? "any token of the issuer" : set.label,
          starter: trust.from,
          evidence,
        }),
      ];
    }
    case "saml":
      return [
        entry(principal.id, {
          kind: "human",
          band: personBand(parts, principal.id),
          label: `people signing in through ${trust.from.replace(/^saml:/, "")}`,
          starter: trust.from.startsWith("saml:") ? trust.from : `saml:${trust.from}`,
          evidence,
        }),
      ];
    case "service":
      return [
        entry(principal.id, {
          kind: globMatches("*ec2*", trust.from) ? "inherited-role" : "service-principal",
          band: 2,
          label: `service ${trust.from}${condition}`,
          starter: trust.from,
          evidence,
        }),
      ];
  }
}
