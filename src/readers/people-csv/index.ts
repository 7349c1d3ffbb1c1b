export { peopleCsvReader } from "./reader.js";
