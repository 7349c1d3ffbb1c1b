export { pagerDutyReader } from "./reader.js";
