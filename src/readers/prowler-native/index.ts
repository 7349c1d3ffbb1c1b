export { prowlerCsv } from "./csv.js";
export { prowlerV2 } from "./version-2.js";
export { prowlerV3 } from "./version-3.js";
