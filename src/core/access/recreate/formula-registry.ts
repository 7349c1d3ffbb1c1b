import { accessKeyExposed, accessKeyStale } from "./formulas/access-key.js";
import { azurePublicBlob, storageSas, vaultAccessPolicy, vaultPublicNetwork } from "./formulas/azure.js";
import { eksPublicEndpoint, openSearchPublic } from "./formulas/cluster-and-search.js";
import { componentFlaw } from "./formulas/component-flaw.js";
import { ec2OpenIngress } from "./formulas/ec2-open-ingress.js";
import { ec2PublicImage, ec2PublicSnapshot } from "./formulas/ec2-sharing.js";
import { ecrOpenRepository } from "./formulas/ecr.js";
import { adminPolicy, privilegeEscalation, userWithoutMfa } from "./formulas/iam-identity.js";
import {
  compromisedVendor,
  exposedApplication,
  exposedSecret,
  untrustedStep,
  weakLogins,
} from "./formulas/handed-out.js";
import { imdsv1 } from "./formulas/imds.js";
import { kmsOpenKey } from "./formulas/kms-open-key.js";
import { lambdaPublic } from "./formulas/lambda-public.js";
import { oidcTrust } from "./formulas/oidc-trust.js";
import { rdsPublicInstance, rdsPublicSnapshot } from "./formulas/rds.js";
import { roleTrust } from "./formulas/role-trust.js";
import { rootCredential } from "./formulas/root-credential.js";
import { s3PublicAccessBlock } from "./formulas/s3-public-access-block.js";
import { s3Public } from "./formulas/s3-public.js";
import { secretInConfig } from "./formulas/secret-in-config.js";
import { snsPublic, sqsPublic } from "./formulas/sqs-sns.js";
import { unusedCredential } from "./formulas/unused-credential.js";
import { edgeSsrf, webDotenv } from "./formulas/workload.js";
import type { WeaknessFormula } from "./weakness-formula.js";

/** Every hand-written formula. One more: one file in `formulas/` and one line here. */
export const formulas: readonly WeaknessFormula[] = [
  ...[s3Public, ec2OpenIngress, rdsPublicInstance, rdsPublicSnapshot, ec2PublicSnapshot, ec2PublicImage],
  ...[kmsOpenKey, lambdaPublic, sqsPublic, snsPublic, ecrOpenRepository, imdsv1],
  ...[accessKeyExposed, accessKeyStale, rootCredential, roleTrust, oidcTrust, secretInConfig],
  ...[eksPublicEndpoint, openSearchPublic, userWithoutMfa, adminPolicy, privilegeEscalation],
  ...[azurePublicBlob, storageSas, vaultAccessPolicy, vaultPublicNetwork],
  ...[edgeSsrf, webDotenv, componentFlaw, s3PublicAccessBlock, unusedCredential],
  ...[exposedSecret, untrustedStep, compromisedVendor, exposedApplication, weakLogins],
];

const byWeakness = new Map(
  formulas.flatMap((formula) => formula.weaknesses.map((weakness) => [weakness, formula])),
);

export const formulaOf = (weakness: string): WeaknessFormula | undefined => byWeakness.get(weakness);
