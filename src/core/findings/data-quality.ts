/** What is doubtful about a row; it is used all the same, and shown with the doubt. */
export type DataQuality =
  | "no-account"
  | "redacted-account"
  | "project-number"
  | "placeholder-resource"
  | "bare-resource-id"
  | "repaired-resource-id"
  | "placeholder-native-id"
  | "no-time"
  | "zone-assumed"
  | "unknown-status"
  | "closed-by-hand"
  | "unknown-check";
