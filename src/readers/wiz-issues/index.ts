export { wizIssuesCsv } from "./csv.js";
export { wizIssues } from "./json.js";
export { wizVulnerabilitiesCsv } from "./vulnerability-csv.js";
