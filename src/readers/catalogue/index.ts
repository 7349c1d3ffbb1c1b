export {
  catalogueLimits,
  loadCatalogue,
  loadPolicy,
  type LoadedCatalogue,
  type LoadedPolicy,
} from "./load-catalogue.js";
export { readCatalogue, readPolicyDocument, type CatalogueReading } from "./read-catalogue.js";
export { catalogueSchema, catalogueSchemaName, policySchema } from "./schema.js";
