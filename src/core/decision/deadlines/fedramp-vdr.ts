import { after, days, proven, startOf, worst, type DeadlinePack } from "./pack.js";

/** FedRAMP Vulnerability Detection and Response, the preset in use before it becomes mandatory on 2026-12-07. */
export const fedrampVdr: DeadlinePack = {
  id: "fedramp-vdr",
  version: "2026-preset",
  title: "FedRAMP VDR",
  source: "preset of FedRAMP Vulnerability Detection and Response; mandatory for providers from 2026-12-07",
  deadlines(question) {
    if (question.kind !== "flaw") return [];
    const exploitable =
      proven(question, "kev") || proven(question, "exploited") || worst(question, "automatable");
    const reachable = worst(question, "exposed");
    const start = startOf(question);
    if (exploitable && reachable)
      return [
        {
          task: "fix",
          due: after(start, days(4)),
          because: "likely exploitable and reached from the internet",
        },
      ];
    if (exploitable) return [{ task: "fix", due: after(start, days(14)), because: "likely exploitable" }];
    if (reachable)
      return [{ task: "fix", due: after(start, days(30)), because: "reached from the internet" }];
    return [{ task: "fix", due: null, because: "neither exploitable nor reached" }];
  },
};
