import {
  credentialId,
  evidenceAt,
  principalId,
  type Credential,
  type CredentialId,
  type Pipeline,
  type Principal,
  type PrincipalId,
} from "../../../estate/index.js";
import type { Hop } from "../../recreation.js";
import { overlayOf, type FormulaContext } from "../context.js";
import { causeOf, grantHopsOf, secretHops } from "../exposure-path.js";
import { any, can, type Formula } from "../formula.js";
import type { Bypass, Drift, WeaknessFormula } from "../weakness-formula.js";
import { codeHandsOut } from "./azure.js";
import { exposedCredentials } from "./exposed-credential.js";

/** Who may issue a new credential of an identity that no cloud describes; grants of the native document use this word. */
const issue = "credential:issue";

/** Who may change the code of a repository, in the same words. */
const write = "repository:write";

/**
 * Exposures that are identities themselves, outside any cloud setting: a pipeline that runs what it does not verify, a
 * supplier that was broken into, an application in strange hands, logins of a hosted service, a secret that lies open.
 * What strangers hold is revoked by containment, and a dead value stays dead (recreation.md, rows 10 and 13). What is
 * left is what gives the next value away, and what else the same identities open.
 */
const base = {
  contain: (context: FormulaContext) =>
    overlayOf({ credentials: new Set<CredentialId>(handedOut(context).map((item) => item.id)) }),
  declares: () => false,
  elsewhere: () => [],
  verbs: { [issue]: "may issue another", [write]: "may write the repository" },
  byDeployment: true,
  excludes: (entry: { readonly credential?: CredentialId }, context: FormulaContext) =>
    handedOut(context).some((item) => item.id === entry.credential),
} satisfies Partial<WeaknessFormula>;

/** Whoever issues a new credential of the same identity has what the stranger had. */
const reissue = (context: FormulaContext): Formula =>
  any(
    ...[...new Set([context.id as string, ...handedOut(context).map((item) => item.holder as string)])].map(
      (holder) => can(issue, holder),
    ),
  );

/** A step of a pipeline that is fetched anew at every run, by a name that its maker can point elsewhere. */
export const untrustedStep: WeaknessFormula = {
  ...base,
  name: "untrusted-step",
  weaknesses: ["ci.untrusted-step"],
  kinds: ["pipeline"],
  // Whoever writes the repository takes the pin out again.
  restore: (context) => can(write, pipelineOf(context)?.repository ?? context.id),
  bypass: () => [],
  drift(context) {
    const pipeline = pipelineOf(context);
    const loose = pipeline === undefined ? [] : looseSteps(pipeline);
    if (pipeline === undefined || loose.length === 0) return [];
    const place = pipeline.file ?? pipeline.id;
    const evidence = [evidenceAt(pipeline.origin, `${place} uses ${loose.join(", ")} without a pin`)];
    const secrets = handedOut(context);
    const hops: Hop[] = [
      {
        from: pipeline.id,
        to: context.id,
        via: `runs ${loose.join(", ")} without a pin`,
        evidence,
        cause: "ci",
      },
      ...(secrets.length === 0
        ? []
        : [
            {
              from: `secrets of ${place}`,
              to: secrets.map((item) => item.holder).join(", "),
              via: "are handed to every step",
              evidence: secrets.map((item) => evidenceAt(item.origin, `${item.id} of ${item.holder}`)),
              cause: "secret" as const,
            },
          ]),
    ];
    return [
      {
        starter: pipeline.id,
        label: `runs ${loose.join(", ")} without a pin`,
        because: `${place} runs ${loose.join(", ")} without a pin: the next run hands out whatever secrets it holds`,
        controlId: pipeline.id,
        evidence,
        verdict: true,
        missing: [],
        hops,
      },
    ];
  },
  exposurePath: (context) => heldHops(context),
};

/** A supplier that was broken into: what it keeps of ours, and what we let its applications do. */
export const compromisedVendor: WeaknessFormula = {
  ...base,
  name: "compromised-vendor",
  weaknesses: ["vendor.compromised"],
  kinds: ["vendor"],
  restore: reissue,
  bypass: (context) => stillGranted(context, vendorApps(context)),
  drift: (context) =>
    keptByVendor(context).map((credential): Drift => {
      const evidence = [evidenceAt(credential.origin, `${credential.id} is kept by ${context.name}`)];
      return {
        starter: context.id,
        label: `keeps ${credential.id}`,
        because: `${context.name} keeps every value that is stored with it: the next one lies there again`,
        controlId: `${context.id}|${credential.id}`,
        evidence,
        verdict: true,
        missing: [],
        hops: [
          {
            from: credential.id,
            to: credential.holder,
            via: `kept by ${context.name}, opens`,
            evidence,
            cause: causeOf(credential),
          },
        ],
      };
    }),
  exposurePath: (context) => [
    ...heldHops(context),
    ...appHops(context, [...vendorApps(context), ...machineHolders(context)]),
    ...grantHopsOf(context, unusedHolders(context)),
  ],
};

/** An application, or another identity that is nobody's person, in strange hands, with everything that it made. */
export const exposedApplication: WeaknessFormula = {
  ...base,
  name: "exposed-application",
  weaknesses: ["oauth.app.exposed"],
  kinds: ["application", "service-account", "managed-identity"],
  restore: reissue,
  bypass: (context) => stillGranted(context, family(context, [principalId(context.id)])),
  exposurePath: (context) => [
    ...appHops(context, family(context, [principalId(context.id)])),
    ...heldHops(context),
    ...grantHopsOf(context, [principalId(context.id)]),
    ...personHops(context, personsWho(context)),
  ],
};

/** A hosted service into which people and machines sign in with less than is available. */
export const weakLogins: WeaknessFormula = {
  ...base,
  name: "weak-logins",
  weaknesses: ["saas.weak-login"],
  kinds: ["saas"],
  restore: reissue,
  bypass: (context) => stillGranted(context, weakPrincipals(context)),
  exposurePath: (context) => [
    ...personHops(context, weakPrincipals(context)),
    ...heldHops(context),
    ...appHops(context, machineHolders(context)),
  ],
};

/** A secret that lies where others read it: a share, a repository, a message, an image layer. */
export const exposedSecret: WeaknessFormula = {
  ...base,
  name: "exposed-secret",
  weaknesses: ["secret.exposed", "secret.in-code"],
  restore: reissue,
  bypass: () => [],
  drift: (context) => codeHandsOut(context, "hands out the secret at HEAD"),
  exposurePath: (context) => [...heldHops(context), ...personHops(context, personsWho(context))],
};

/** Live secrets that the exposed thing gives away: those it names, those it holds a copy of, those of the application itself. */
function handedOut(context: FormulaContext): readonly Credential[] {
  const pipeline = pipelineOf(context);
  const inPipeline = new Set<string>(pipeline?.secrets.map((id) => credentialId(id)) ?? []);
  const named = new Set(exposedCredentials(context).map((item) => item.id));
  return context.estate.credentials.filter(
    (item) =>
      item.status !== "deleted" &&
      item.status !== "expired" &&
      (named.has(item.id) || inPipeline.has(item.id) || item.holder === principalId(context.id)),
  );
}

/** The password of an identity that is nobody's person is a secret like any other (rows 1 and 8). */
const heldHops = (context: FormulaContext): readonly Hop[] =>
  secretHops(handedOut(context)).map((hop) =>
    hop.cause === "human" && machineKinds.has(context.estate.principal(principalId(hop.to))?.kind ?? "person")
      ? { ...hop, cause: "secret" }
      : hop,
  );

const pipelineOf = ({ estate, id }: FormulaContext): Pipeline | undefined =>
  estate.pipelines.find((item) => item.id === (id as string) || `pipeline:${item.id}` === (id as string));

const looseSteps = (pipeline: Pipeline): readonly string[] =>
  pipeline.uses.filter((use) => use.pinned === false).map((use) => use.ref);

/** Stored with the supplier, as opposed to once read there: a link from the supplier to the credential says so. */
const keptByVendor = ({ estate, id }: FormulaContext): readonly Credential[] =>
  estate.credentials.filter((item) =>
    estate.links.some(
      (link) => link.kind === "secret-copy" && link.from === id && credentialId(link.to) === item.id,
    ),
  );

/** Applications of ours that the supplier acts as: it keeps a grant that renews itself. */
const vendorApps = (context: FormulaContext): readonly PrincipalId[] => [
  ...new Set(
    keptByVendor(context)
      .filter((item) => item.kind === "oauth-grant")
      .map((item) => item.holder),
  ),
];

const machineKinds: ReadonlySet<Principal["kind"]> = new Set([
  "application",
  "service-account",
  "managed-identity",
  "federated-subject",
]);

const machineHolders = (context: FormulaContext): readonly PrincipalId[] => [
  ...new Set(
    handedOut(context)
      .map((item) => item.holder)
      .filter((holder) => machineKinds.has(context.estate.principal(holder)?.kind ?? "everyone")),
  ),
];

/** Holders of secrets that nobody uses: their rights are there for nothing. */
const unusedHolders = (context: FormulaContext): readonly PrincipalId[] => [
  ...new Set(
    handedOut(context)
      .filter((item) => item.consumers.length === 0 && item.lastUsedAt === undefined)
      .map((item) => item.holder),
  ),
];

/** An identity with everything that it created, and what those created (R54). */
function family({ estate }: FormulaContext, first: readonly PrincipalId[]): readonly PrincipalId[] {
  const found = new Set<string>(first);
  for (const parent of found)
    for (const link of estate.links)
      if (
        link.kind === "created-by" &&
        link.to === parent &&
        estate.principal(principalId(link.from)) !== undefined
      )
        found.add(link.from);
  return [...found].map((id) => principalId(id));
}

/** People who come in with a password alone, as the document states of those that share the account of the exposed thing. */
function weakPrincipals(context: FormulaContext): readonly PrincipalId[] {
  const { estate, account } = context;
  return estate.principals
    .filter(
      (item) =>
        item.account === account &&
        account !== undefined &&
        ((item.console?.password === true && item.console.mfa !== true) ||
          estate
            .credentialsOf(item.id)
            .some(({ kind }) => kind === "password" || kind === "database-password")),
    )
    .map((item) => item.id);
}

/** People whose login opens the way to the exposed thing (trust from the person to it), without a second factor. */
const personsWho = ({ estate, id }: FormulaContext): readonly PrincipalId[] =>
  estate.trusts
    .filter(
      (trust) =>
        trust.to === principalId(id) || estate.links.some((link) => link.from === id && link.to === trust.to),
    )
    .map((trust) => principalId(trust.from))
    .filter((from) => estate.principal(from)?.console?.mfa === false);

/** Rights that outlive the revoked secrets, used by the identities that held them. */
function stillGranted(context: FormulaContext, who: readonly PrincipalId[]): readonly Bypass[] {
  if (who.length === 0) return [];
  const rights = context.estate.grants
    .filter((grant) => grant.effect === "Allow" && who.includes(grant.holder))
    .flatMap((grant) =>
      grant.actions.flatMap((action) => grant.resources.map((resource) => can(action, resource))),
    );
  if (rights.length === 0) return [];
  return [{ formula: any(...rights), verb: "still may", counts: "all", startsAs: who }];
}

function appHops(context: FormulaContext, ids: readonly PrincipalId[]): readonly Hop[] {
  const { estate } = context;
  return [...new Set(ids)].flatMap((id): readonly Hop[] => {
    const principal = estate.principal(id);
    if (principal === undefined) return [];
    const consent = estate.consents.find((item) => item.app === id);
    const via =
      consent === undefined
        ? "acts as an application"
        : `acts by consent to ${consent.scopes.slice(0, 3).join(", ")}`;
    return [
      {
        from: id,
        to: context.id,
        via,
        evidence: [evidenceAt(consent?.origin ?? principal.origin, `${principal.name}: ${via}`)],
        cause: "federation",
      },
    ];
  });
}

const personHops = ({ estate, id }: FormulaContext, ids: readonly PrincipalId[]): readonly Hop[] =>
  [...new Set(ids)].flatMap((from): readonly Hop[] => {
    const person = estate.principal(from);
    if (person === undefined || machineKinds.has(person.kind)) return [];
    return [
      {
        from,
        to: id,
        via: "signs in without a second factor",
        evidence: [evidenceAt(person.origin, person.name)],
        cause: "human",
      },
    ];
  });
