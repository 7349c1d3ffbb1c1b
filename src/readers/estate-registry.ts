import { consoleAccessReader } from "./aws-console-access/index.js";
import { policyVersionsReader } from "./aws-policy-versions/index.js";
import { tagsReader } from "./aws-tags/index.js";
import { accountReader } from "./aws-account/index.js";
import { errorReader } from "./aws-error/index.js";
import { accessAnalyzerReader } from "./aws-access-analyzer/index.js";
import { identityCenterReader } from "./aws-identity-center/index.js";
import { identityProvidersReader } from "./aws-identity-providers/index.js";
import { organizationsReader } from "./aws-organizations/index.js";
import { rcpDocumentReader, scpDocumentReader } from "./aws-policy-documents/index.js";
import { identityListsReader, rolesReader } from "./aws-roles/index.js";
import { accessKeysReader } from "./aws-access-keys/index.js";
import { authorizationDetailsReader } from "./aws-authorization-details/index.js";
import { credentialReportReader } from "./aws-credential-report/index.js";
import { nativeEstateReader } from "./native-estate/index.js";
import { s3Reader } from "./aws-s3/index.js";
import { githubWorkflowReader } from "./github-workflow/index.js";
import { codeOwnersReader } from "./codeowners/index.js";
import { terraformPlanReader, terraformSourceReader, terraformStateReader } from "./terraform/index.js";
import { kmsReader } from "./aws-kms/index.js";
import { resourcePoliciesReader } from "./aws-resource-policies/index.js";
import { computeReader } from "./aws-compute/index.js";
import { cloudTrailReader } from "./aws-cloudtrail/index.js";
import { configReader } from "./aws-config/index.js";
import { eksReader } from "./aws-eks/index.js";
import { cloudFormationReader } from "./aws-cloudformation/index.js";
import { backstageReader } from "./backstage/index.js";
import { icalReader } from "./ical/index.js";
import { opsgenieReader } from "./opsgenie/index.js";
import { pagerDutyReader } from "./pagerduty/index.js";
import { kubernetesObjectsReader } from "./kubernetes-objects/index.js";
import { peopleCsvReader } from "./people-csv/index.js";
import { scimReader } from "./scim/index.js";
import type { EstateReader } from "./estate-reader.js";

/** All estate readers, most specific first: the first that recognises a document reads it. */
export const estateReaders: readonly EstateReader[] = [
  accessKeysReader,
  authorizationDetailsReader,
  credentialReportReader,
  accountReader,
  policyVersionsReader,
  tagsReader,
  consoleAccessReader,
  accessAnalyzerReader,
  identityCenterReader,
  identityProvidersReader,
  organizationsReader,
  rolesReader,
  identityListsReader,
  nativeEstateReader,
  s3Reader,
  codeOwnersReader,
  githubWorkflowReader,
  terraformStateReader,
  terraformPlanReader,
  terraformSourceReader,
  scpDocumentReader,
  rcpDocumentReader,
  kmsReader,
  resourcePoliciesReader,
  computeReader,
  cloudTrailReader,
  configReader,
  eksReader,
  cloudFormationReader,
  scimReader,
  peopleCsvReader,
  backstageReader,
  kubernetesObjectsReader,
  pagerDutyReader,
  opsgenieReader,
  icalReader,
  errorReader,
];
