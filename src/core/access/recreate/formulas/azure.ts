import { evidenceAt, type CredentialId } from "../../../estate/index.js";
import { isTrue, overlayOf, type FormulaContext } from "../context.js";
import { all, any, can, is, open, type Formula } from "../formula.js";
import { declares } from "../policy-weakness.js";
import { weakProperty } from "../weak-setting.js";
import type { Drift, WeaknessFormula } from "../weakness-formula.js";
import { inheritedGrantHops, secretHops, settingHop, wideGrantHops } from "../exposure-path.js";
import { exposedCredentials, repositoryCopies } from "./exposed-credential.js";
import type { Hop } from "../../recreation.js";

const write = (context: FormulaContext, kind: string): Formula => can(`${kind}/write`, context.id);
const storageWrite = "Microsoft.Storage/storageAccounts";
const vaultWrite = "Microsoft.KeyVault/vaults";

/** An Azure Policy with effect deny at the scope refuses the write; whoever may change assignments lifts it. */
function denyPolicy(context: FormulaContext): Formula {
  return open({
    name: "Azure Policy (deny)",
    kind: "write",
    off: context.truth(
      context.id,
      "denyPolicy",
      (value) => value === false,
      "no Azure Policy denies it",
      `Azure Policy assignments at the scope of ${context.name}`,
      "az policy assignment list --disable-scope-strict-match",
    ),
    lift: any(
      can("Microsoft.Authorization/policyAssignments/write", context.id),
      can("Microsoft.Authorization/policyAssignments/delete", context.id),
      can("Microsoft.Authorization/policyExemptions/write", context.id),
    ),
  });
}

/** Network rules keep strangers from the data and leave the setting as it is; the writer of the account lifts them. */
function network(context: FormulaContext, lift: Formula): Formula {
  return open({
    name: "public network access",
    kind: "effect",
    off: context.truth(
      context.id,
      "publicNetworkAccess",
      isTrue,
      "the public network reaches it",
      `network access of ${context.name}`,
      "az resource show",
    ),
    lift,
  });
}

/**
 * Row A1: anyone reads a container. Source: Microsoft Learn, "Remediate anonymous read access to blob data": the
 * account's switch and the container's level both have to be open; a resource lock does not stop the change.
 */
export const azurePublicBlob: WeaknessFormula = {
  name: "azure-public-blob",
  weaknesses: ["azure.public-blob"],
  kinds: ["azure:storage-account"],
  weak: (context) => weakProperty(context, "containersPublic", isTrue, "anyone reads a container"),
  contain: (context) =>
    overlayOf({
      properties: [
        [context.id, "allowBlobPublicAccess", false],
        [context.id, "containersPublic", false],
      ],
    }),
  restore(context) {
    const account = write(context, storageWrite);
    const allowed = any(
      is(truth(context, "allowBlobPublicAccess", "the account allows public access")),
      all(account, denyPolicy(context)),
    );
    const keys = all(can(`${storageWrite}/listKeys/action`, context.id), sharedKeys(context));
    const container = any(
      is(truth(context, "containersPublic", "a container is public")),
      can(`${storageWrite}/blobServices/containers/write`, context.id),
      keys,
    );
    return all(container, allowed, network(context, account));
  },
  bypass: (context) => [
    {
      formula: all(can(`${storageWrite}/listKeys/action`, context.id), sharedKeys(context)),
      verb: "may sign a SAS",
      counts: "outside",
    },
  ],
  declares: (definition) => declares(definition, "allowBlobPublicAccess", true),
  elsewhere: () => [],
  verbs: {
    [`${storageWrite}/write`]: "may allow public access",
    [`${storageWrite}/blobServices/containers/write`]: "may make a container public",
    [`${storageWrite}/listKeys/action`]: "may use the account keys",
  },
};

const truth = (context: FormulaContext, name: string, label: string) =>
  context.truth(context.id, name, isTrue, label, `${name} of ${context.name}`, "az storage account show");

function sharedKeys(context: FormulaContext): Formula {
  return any(
    is(truth(context, "allowSharedKeyAccess", "shared keys are allowed")),
    all(write(context, storageWrite), denyPolicy(context)),
  );
}

/**
 * A shared access signature in strange hands. Source: Microsoft Learn, "Grant limited access to Azure Storage resources
 * using shared access signatures": an account SAS dies only with the key that signed it, and anybody who may list the
 * keys signs another.
 */
export const storageSas: WeaknessFormula = {
  name: "storage-sas",
  weaknesses: ["storage.sas.exposed"],
  kinds: ["azure:storage-account"],
  contain: (context) =>
    overlayOf({ credentials: new Set<CredentialId>(exposedCredentials(context).map((item) => item.id)) }),
  restore: (context) => all(can(`${storageWrite}/listKeys/action`, context.id), sharedKeys(context)),
  bypass: () => [],
  declares: () => false,
  drift: (context) => codeHandsOut(context, "hands out the token at HEAD"),
  elsewhere: () => [],
  verbs: { [`${storageWrite}/listKeys/action`]: "may sign another token" },
  exposurePath(context) {
    const exposed = exposedCredentials(context);
    const shared = truth(context, "allowSharedKeyAccess", "shared keys are allowed");
    return [
      ...secretHops(exposed),
      ...wideGrantHops(context, exposed),
      ...(shared.value === true ? [settingHop(context.id, shared.label, shared.evidence)] : []),
    ];
  },
  excludes: (entry, context) => exposedCredentials(context).some((item) => item.id === entry.credential),
};

/** Code at HEAD still holds the value: the next build, or the next value put in its place, is out again. */
export function codeHandsOut(context: FormulaContext, verb: string): readonly Drift[] {
  return exposedCredentials(context).flatMap((credential) =>
    repositoryCopies(credential).map((copy): Drift => {
      const place = copy.at === undefined ? copy.place : `${copy.place}, ${copy.at}`;
      const evidence = [evidenceAt(copy.origin, place)];
      const hops: Hop[] = [
        {
          from: copy.place,
          to: context.id,
          via: `${verb}: ${copy.at ?? copy.place}`,
          evidence,
          cause: "code",
        },
        {
          from: credential.id,
          to: credential.holder,
          via: "opens",
          evidence: [evidenceAt(credential.origin, `${credential.id} of ${credential.holder}`)],
          cause: "secret",
        },
      ];
      return {
        starter: copy.place,
        label: verb,
        because: `${place} ${verb}`,
        controlId: `${copy.place}|${copy.at ?? ""}`,
        evidence,
        verdict: true,
        missing: [],
        hops,
      };
    }),
  );
}

/**
 * Row A3: whoever may write a vault in the access-policy model grants itself its contents. Source: Microsoft Learn,
 * "Azure Key Vault: access policies vs RBAC": the writer of the vault can switch the model back, therefore RBAC alone
 * closes nothing without a policy that denies it.
 */
export const vaultAccessPolicy: WeaknessFormula = {
  name: "vault-access-policy",
  weaknesses: ["vault.access-policy"],
  kinds: ["azure:key-vault"],
  weak: (context) =>
    weakProperty(
      context,
      "permissionModel",
      (value) => value === "access-policy",
      "whoever writes the vault grants itself its contents",
    ),
  contain: (context) => overlayOf({ properties: [[context.id, "permissionModel", "rbac"]] }),
  restore(context) {
    const vault = write(context, vaultWrite);
    const back = all(vault, denyPolicy(context));
    const model = any(
      is(
        context.truth(
          context.id,
          "permissionModel",
          (value) => value === "access-policy",
          "the vault uses access policies",
          `the permission model of ${context.name}`,
          "az keyvault show",
        ),
      ),
      back,
    );
    return all(any(vault, can(`${vaultWrite}/accessPolicies/write`, context.id)), model);
  },
  bypass: (context) => [
    {
      formula: can("Microsoft.Authorization/roleAssignments/write", context.id),
      verb: "may give itself a data role",
      counts: "outside",
    },
  ],
  declares: (definition) => declares(definition, "permissionModel", "access-policy"),
  elsewhere: () => [],
  verbs: {
    [`${vaultWrite}/write`]: "may write the vault",
    [`${vaultWrite}/accessPolicies/write`]: "may write its access policies",
  },
  exposurePath: (context) =>
    inheritedGrantHops(context, [`${vaultWrite}/write`, `${vaultWrite}/accessPolicies/write`]),
};

/** A vault that the public network reaches. */
export const vaultPublicNetwork: WeaknessFormula = {
  name: "vault-public-network",
  weaknesses: ["azure.vault.public-network"],
  kinds: ["azure:key-vault"],
  weak: (context) => weakProperty(context, "publicNetworkAccess", isTrue, "the public network reaches it"),
  contain: (context) => overlayOf({ properties: [[context.id, "publicNetworkAccess", false]] }),
  restore: (context) => write(context, vaultWrite),
  bypass: () => [],
  declares: (definition) => declares(definition, "publicNetworkAccess", true),
  elsewhere: () => [],
  verbs: { [`${vaultWrite}/write`]: "may open the vault to the network" },
};
