import { authorityVerbs } from "./authority.js";
import { commandVerbs, talkVerbs } from "./command.js";
import type { MoveVerb } from "./move.js";
import { workVerbs } from "./work.js";

/** In the order of the help: work, agreements, command, talk, the end. */
export const moveVerbs: readonly MoveVerb[] = [
  ...workVerbs,
  ...authorityVerbs,
  ...commandVerbs,
  ...talkVerbs,
];
