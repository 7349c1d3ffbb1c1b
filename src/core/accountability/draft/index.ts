export { draftCatalogue } from "./draft.js";
export {
  draftSource,
  type DraftAccount,
  type DraftCatalogue,
  type DraftIdentity,
  type DraftPerson,
  type DraftTeam,
  type DraftThirdParty,
  type DraftWorkload,
  type Proposal,
  type Reason,
} from "./types.js";
