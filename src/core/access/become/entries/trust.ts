import {
  accountOfArn,
  awsAccount,
  parseArn,
  type AccountId,
  type Evidence,
  type Principal,
  type Statement,
} from "../../../estate/index.js";
import type { Entry } from "../../become.js";
import { globMatches } from "../../glob.js";
import { isOurAccount } from "../../own-account.js";
import { admitsAssume } from "../identity-facts.js";
import { trustEvidence } from "../model.js";
import { clausesOn } from "../statements.js";
import { digitsOf, entry, iamMissing, personBand, type EntryParts } from "./entry.js";
import { serviceEntries } from "./service.js";
import { audiences, platformOf, subjectSets } from "./subject.js";

/** Roles that Organizations, Control Tower and stack sets make for the management account; a name proves nothing. */
const organizationRole = /^(OrganizationAccountAccessRole|AWSControlTowerExecution|stacksets-exec-.*)$/;

/** Every way into a role that its trust policy opens to somebody who is not an identity of the estate. */
export function trustEntries(parts: EntryParts, role: Principal): readonly Entry[] {
  if (role.immutable === "service-linked") return []; // floor: only the provider enters
  const found: Entry[] = [];
  for (const statement of role.trustPolicy?.document.statements ?? []) {
    const who = statement.principal;
    if (statement.effect !== "Allow" || who === undefined) continue;
    const evidence = trustEvidence(role, statement);
    if (admitsAssume(statement, "sts:AssumeRole")) {
      if (who.negated) found.push(anyone(role, statement, evidence));
      else {
        if (who.any || who.aws.includes("*"))
          found.push(...everyoneEntries(parts, role, statement, evidence));
        for (const text of who.aws)
          if (text !== "*") found.push(...accountEntries(parts, role, statement, text, evidence));
        found.push(...serviceEntries(parts, role, who.service, evidence));
      }
    }
    for (const provider of who.federated) {
      if (/:saml-provider\//.test(provider)) {
        if (admitsAssume(statement, "sts:AssumeRoleWithSAML"))
          found.push(samlEntry(parts, role, provider, evidence));
      } else if (admitsAssume(statement, "sts:AssumeRoleWithWebIdentity"))
        found.push(...oidcEntries(parts, role, statement, provider, evidence));
    }
  }
  return found;
}

const anyone = (role: Principal, statement: Statement, evidence: Evidence | undefined): Entry =>
  entry(role.id, {
    kind: "trust",
    band: 1,
    label:
      statement.conditions.length === 0
        ? "anyone with an AWS account"
        : `anyone who meets ${conditionWords(statement)}`,
    starter: "*",
    evidence: [evidence],
  });

const conditionWords = (statement: Statement): string =>
  statement.conditions
    .map(({ operator, key, values }) => `${operator} ${key} ${values.join(" ")}`)
    .sort()
    .join(" and ");

const externalIdOf = (statement: Statement): boolean =>
  clausesOn(statement, "sts:ExternalId").some(
    ({ operator, values }) =>
      /^(StringEquals|StringEqualsIgnoreCase|StringLike)$/.test(operator) &&
      values.some((value) => value !== "*"),
  );

/** `*`: anyone, unless conditions keep it to an organisation or to accounts. */
function everyoneEntries(
  parts: EntryParts,
  role: Principal,
  statement: Statement,
  evidence: Evidence | undefined,
): readonly Entry[] {
  const { estate } = parts.model;
  const exact = (key: string): readonly string[] =>
    clausesOn(statement, key)
      .filter(({ operator }) => /^(String|Arn)(Equals|Like)$/.test(operator))
      .flatMap(({ values }) => values);
  const organizations = exact("aws:PrincipalOrgID");
  if (
    organizations.length > 0 &&
    organizations.every((id) => estate.organizations.some((organization) => organization.id === id))
  ) {
    const accounts = estate.organizations
      .filter(({ id }) => organizations.includes(id))
      .flatMap(({ nodes }) => nodes.filter(({ kind }) => kind === "account").map(({ id }) => awsAccount(id)));
    return [...new Set(accounts)]
      .sort()
      .filter((account) => !estate.covers("iam", account) && parts.model.members(account).length === 0)
      .map((account) => ownUnknown(role, account, evidence));
  }
  const principals = [...exact("aws:PrincipalArn"), ...exact("aws:PrincipalAccount")].filter(
    (text) => text !== "*",
  );
  if (principals.length > 0)
    return principals.flatMap((text) => accountEntries(parts, role, statement, text, evidence));
  if (organizations.length > 0) {
    return [
      entry(role.id, {
        kind: "trust",
        band: 1,
        label: `any identity of organisation ${organizations.join(", ")}`,
        starter: organizations.join(","),
        evidence: [evidence],
      }),
    ];
  }
  const base = anyone(role, statement, evidence);
  return [
    externalIdOf(statement)
      ? { ...base, band: 2, rawBand: 2, label: "anyone who knows the external id" }
      : base,
  ];
}

function ownUnknown(role: Principal, account: AccountId, evidence: Evidence | undefined): Entry {
  return entry(role.id, {
    kind: "trust",
    band: 2,
    label: `identities of account ${digitsOf(account)}, not supplied`,
    starter: account,
    verdict: "unknown",
    missing: [iamMissing(account)],
    evidence: [evidence],
  });
}

function accountEntries(
  parts: EntryParts,
  role: Principal,
  statement: Statement,
  text: string,
  evidence: Evidence | undefined,
): readonly Entry[] {
  const { estate } = parts.model;
  const account = accountOfArn(text) ?? (/^\d{12}$/.test(text) ? awsAccount(text) : undefined);
  if (account === undefined) return []; // `AROA…`: a deleted identity, which nobody can be again
  if (
    account === role.account ||
    estate.covers("iam", account) ||
    parts.model.members(account).some((index) => parts.model.kind(index) !== "root")
  )
    return [];
  if (isOurAccount(estate, account)) return [ownUnknown(role, account, evidence)];
  const arn = parseArn(text);
  const who =
    arn === undefined || arn.resource === "root"
      ? `any identity of account ${digitsOf(account)}`
      : `${arn.resource.replace("/", " ")} of account ${digitsOf(account)}`;
  // Its place in an organisation is known, or a document says that it stands alone.
  const known =
    role.account !== undefined &&
    (estate.organizationOf(role.account) !== undefined ||
      estate.covers("organization", role.account) ||
      estate.account(role.account)?.organization !== undefined);
  if (!known && organizationRole.test(role.name)) {
    const missing = {
      key: `organization|${role.account ?? ""}`,
      fact: `whether account ${digitsOf(account)} is the management account`,
      collect: "aws organizations describe-organization",
    };
    return [
      entry(role.id, {
        kind: "trust",
        band: 2,
        label: who,
        starter: account,
        verdict: "unknown",
        missing: [missing],
        evidence: [evidence],
        hint: "looks like the organisation's own role: supply the organisation to confirm",
      }),
    ];
  }
  const guarded = externalIdOf(statement);
  return [
    entry(role.id, {
      kind: "trust",
      band: guarded ? 2 : 1,
      label: `${who}, ${guarded ? "with external id" : "no external id"}`,
      starter: text,
      evidence: [evidence],
      ...(known
        ? {}
        : {
            hint: `no document supplied says that account ${digitsOf(account)} is yours: outside as far as is known`,
          }),
    }),
  ];
}

/** A person through an identity provider. Roles of Identity Center carry the permission set in their name. */
function samlEntry(
  parts: EntryParts,
  role: Principal,
  provider: string,
  evidence: Evidence | undefined,
): Entry {
  const name = provider.slice(provider.lastIndexOf("/") + 1);
  const set = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(role.name)?.[1];
  const through =
    role.immutable === "aws-reserved" && set !== undefined
      ? `people assigned ${set} in Identity Center`
      : `people signing in through ${name}`;
  const administrator = parts.isAdministrator(role.id);
  return entry(role.id, {
    kind: "human",
    band: personBand(parts, role.id),
    label: through,
    starter: role.immutable === "aws-reserved" && set !== undefined ? `sso:${set}` : `saml:${name}`,
    verdict: true,
    evidence: [evidence],
    ...(administrator === "unknown"
      ? { hint: "may be administrator-equivalent: a missing fact decides" }
      : {}),
  });
}

function oidcEntries(
  parts: EntryParts,
  role: Principal,
  statement: Statement,
  provider: string,
  evidence: Evidence | undefined,
): readonly Entry[] {
  const { estate } = parts.model;
  const arn = parseArn(provider);
  // A provider of another account can sign nobody in here (access.md, providers).
  if (arn !== undefined && role.account !== undefined && awsAccount(arn.account) !== role.account) return [];
  const issuer = provider.replace(/^arn:.*:oidc-provider\//, "");
  const known = estate.providers.find(({ id }) => id === provider);
  const wanted = audiences(statement, issuer);
  if (
    known !== undefined &&
    wanted !== undefined &&
    known.clientIds.length > 0 &&
    !wanted.some((value) => known.clientIds.some((client) => globMatches(value, client)))
  )
    return [];
  const platform = platformOf(issuer);
  return subjectSets(statement, issuer).map((set) =>
    entry(role.id, {
      kind: "federated-workload",
      band: set.band,
      label: set.label,
      starter: set.pattern,
      evidence: [evidence],
      ...(wanted === undefined && platform.shared && set.band === 1
        ? { hint: "no audience is demanded either" }
        : {}),
    }),
  );
}
