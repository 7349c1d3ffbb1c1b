export { credentialReportReader } from "./reader.js";
