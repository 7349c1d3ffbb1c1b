export { findOffspring } from "./find-offspring.js";
export type { CreationRight, Offspring, OffspringItem, Seeds } from "./offspring.js";
