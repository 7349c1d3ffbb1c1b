export { organizationCoverage } from "./coverage.js";
export { organizationsReader } from "./reader.js";
