export { usualLimits } from "./difference.js";
export type { AccessChange, AccessQuestion, BrokenUse, EntryChange, Limits } from "./difference.js";
export { questionsOf, type Questions } from "./questions.js";
export { accessDifference, type AccessDifference } from "./access-difference.js";
export { whatIf, type WhatIf } from "./what-if.js";
export { changeWords } from "./change-words.js";
