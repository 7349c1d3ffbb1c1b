import { accessKeysReader } from "./aws-access-keys/index.js";
import { authorizationDetailsReader } from "./aws-authorization-details/index.js";
import { credentialReportReader } from "./aws-credential-report/index.js";
import { nativeEstateReader } from "./native-estate/index.js";
import { s3Reader } from "./aws-s3/index.js";
import { codeOwnersReader } from "./codeowners/index.js";
import type { EstateReader } from "./estate-reader.js";

/** All estate readers, most specific first: the first that recognises a document reads it. */
export const estateReaders: readonly EstateReader[] = [
  accessKeysReader,
  authorizationDetailsReader,
  credentialReportReader,
  nativeEstateReader,
  s3Reader,
  codeOwnersReader,
];
