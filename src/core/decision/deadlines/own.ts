import type { OwnDeadline } from "../../accountability/index.js";
import type { FactName } from "../facts/fact.js";
import { after, startOf, type DeadlinePack } from "./pack.js";

/** Deadlines that the organisation set itself (`policy.ownDeadlines`): the first whose conditions are all proven counts. */
export const ownPack = (lines: readonly OwnDeadline[]): DeadlinePack => ({
  id: "own",
  version: "catalogue",
  title: "own deadlines",
  source: "the catalogue of the organisation",
  deadlines(question) {
    const tasks = [...new Set(lines.map(({ task }) => task))];
    return tasks.flatMap((task) => {
      const line = lines.find(
        (item) =>
          item.task === task &&
          (item.kinds.length === 0 || item.kinds.includes(question.kind)) &&
          Object.entries(item.when).every(([fact, value]) => question.value(fact as FactName) === value),
      );
      return line === undefined
        ? []
        : [{ task, due: after(startOf(question), line.withinHours), because: line.reason }];
    });
  },
});
