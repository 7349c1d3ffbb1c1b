export { draftReading, type Draft, type ResourceDraft, type ResourceSeed } from "./draft.js";
export {
  booleanOf,
  isRecord,
  listOf,
  numberOf,
  parseJson,
  pick,
  policyServices,
  tagsOf,
  textOf,
  textsOf,
  timeOf,
  toJson,
  type JsonRecord,
} from "./json.js";
export { escapePointer, pathOf, placeAt, type Place } from "./place.js";
export { looksSecret, mask, maskSecrets, secretNames } from "./secrets.js";
export { resourceKindOf } from "./resource-kind.js";
export { textPositions, type TextPosition } from "./positions.js";
