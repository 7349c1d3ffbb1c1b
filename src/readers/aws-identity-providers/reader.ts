import { accountOfArn, awsAccount } from "../../core/estate/index.js";
import type { AccountId, IdentityProvider, Origin, Rejection } from "../../core/estate/index.js";
import type { ParsedDocument } from "../document.js";
import type { EstateReadContext, EstateReader, EstateReading } from "../estate-reader.js";
import { isObject, member, parseArnKind, strings, text, type JsonObject } from "../json-value.js";

/**
 * OpenID Connect and SAML providers of an account: the lists give ARNs only, the single answers give everything
 * but the ARN, which follows from the account and the issuer (OIDC) or the file name (SAML).
 */
export const identityProvidersReader: EstateReader = {
  kind: "aws-identity-providers",
  title: "identity providers",
  recognises: (document) => answersOf(document).length > 0,
  read: readProviders,
};

const isList = (value: unknown): boolean =>
  Array.isArray(member(value, "OpenIDConnectProviderList")) ||
  Array.isArray(member(value, "SAMLProviderList"));
const isOidc = (value: unknown): boolean =>
  text(value, "Url") !== undefined && Array.isArray(member(value, "ClientIDList"));
const isSaml = (value: unknown): boolean => text(value, "SAMLMetadataDocument") !== undefined;

function answersOf(document: ParsedDocument): readonly { value: JsonObject; pointer: string }[] {
  const isAnswer = (value: unknown): value is JsonObject =>
    isObject(value) && (isList(value) || isOidc(value) || isSaml(value));
  if (isAnswer(document.value)) return [{ value: document.value, pointer: "" }];
  if (!Array.isArray(document.value) || !isAnswer(document.value[0])) return [];
  return document.value.flatMap((value, index) => (isAnswer(value) ? [{ value, pointer: `/${index}` }] : []));
}

function readProviders(document: ParsedDocument, context: EstateReadContext): EstateReading {
  const rejected: Rejection[] = [];
  const providers: IdentityProvider[] = [];
  let clientIds = 0;
  let count = 0;
  for (const { value, pointer } of answersOf(document)) {
    const origin: Origin = { source: context.source, pointer };
    const refuse = (reason: string, hint: string): unknown =>
      rejected.push({ document: context.source.path, pointer, reason, hint });
    const listed = [
      ...readList(value, "OpenIDConnectProviderList", "oidc", origin),
      ...readList(value, "SAMLProviderList", "saml", origin),
    ];
    providers.push(...listed);
    count += isList(value) ? listed.length : 1;
    if (isOidc(value)) {
      clientIds += strings(member(value, "ClientIDList")).length;
      const provider = readOidc(value, context, origin);
      if (provider === undefined)
        refuse(
          "an OpenID Connect provider names no account",
          "put the account's twelve digits in the file name, or use `--account`",
        );
      else providers.push(provider);
    } else if (isSaml(value)) {
      const provider = readSaml(value, context, origin);
      if (provider === undefined) {
        refuse(
          "a SAML provider names neither its ARN nor its account",
          "supply `aws iam list-saml-providers` as well, or keep the answer as `saml-provider-NAME.json` in a folder named after the account",
        );
      } else providers.push(provider);
    }
  }
  return {
    facts: {
      providers,
      accounts: accountsOf(providers).map((id) => ({
        id,
        provider: "aws",
        origin: { source: context.source, pointer: "" },
      })),
    },
    rejected,
    entities: { providers: count, ...(clientIds > 0 ? { clientIds } : {}) },
  };
}

function readList(
  value: JsonObject,
  key: string,
  kind: IdentityProvider["kind"],
  origin: Origin,
): readonly IdentityProvider[] {
  const list = member(value, key);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index): IdentityProvider[] => {
    const arn = text(item, "Arn");
    if (arn === undefined) return [];
    const account = accountOfArn(arn);
    const url = kind === "oidc" ? arn.slice(arn.indexOf("/") + 1) : undefined;
    return [
      {
        id: arn,
        kind,
        ...(account === undefined ? {} : { account }),
        ...(url === undefined ? {} : { url }),
        clientIds: [],
        origin: { ...origin, pointer: `${origin.pointer ?? ""}/${key}/${index}` },
      },
    ];
  });
}

/** The ARN of an OIDC provider is its issuer without scheme, path included (IAM User Guide, "IAM identifiers"). */
function readOidc(
  value: JsonObject,
  context: EstateReadContext,
  origin: Origin,
): IdentityProvider | undefined {
  const url = (text(value, "Url") ?? "").replace(/^https:\/\//, "");
  const arn =
    text(value, "Arn") ??
    (context.accountHint === undefined
      ? undefined
      : `arn:aws:iam::${context.accountHint}:oidc-provider/${url}`);
  if (arn === undefined) return undefined;
  const account = accountOfArn(arn);
  return {
    id: arn,
    kind: "oidc",
    ...(account === undefined ? {} : { account }),
    url,
    clientIds: [...strings(member(value, "ClientIDList"))].sort(),
    origin,
  };
}

function readSaml(
  value: JsonObject,
  context: EstateReadContext,
  origin: Origin,
): IdentityProvider | undefined {
  const given = text(value, "Arn");
  const name = /saml-provider[-_]([\w.-]+?)(?:\.json)?$/.exec(context.source.path)?.[1];
  const arn =
    parseArnKind(given) === "iam:saml-provider"
      ? given
      : name === undefined || context.accountHint === undefined
        ? undefined
        : `arn:aws:iam::${context.accountHint}:saml-provider/${name}`;
  if (arn === undefined) return undefined;
  const account =
    accountOfArn(arn) ?? (context.accountHint === undefined ? undefined : awsAccount(context.accountHint));
  // The metadata holds keys and names that nothing here needs; the issuer is what a trust refers to.
  const issuer = /entityID="([^"]{1,500})"/.exec(text(value, "SAMLMetadataDocument") ?? "")?.[1];
  return {
    id: arn,
    kind: "saml",
    ...(account === undefined ? {} : { account }),
    ...(issuer === undefined ? {} : { url: issuer }),
    clientIds: [],
    origin,
  };
}

const accountsOf = (providers: readonly IdentityProvider[]): readonly AccountId[] =>
  [...new Set(providers.map((item) => item.account).filter((id) => id !== undefined))].sort();
