export { resolveRunsAs } from "./instance-roles.js";
export { computeReader } from "./reader.js";
export {
  applyDatabase,
  applyDomain,
  applyFunction,
  applyInstance,
  applySecurityGroup,
  applyTaskDefinition,
  nameIn,
} from "./shapes.js";
export { resolveInternetReach } from "./internet-reach.js";
