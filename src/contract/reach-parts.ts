import { z } from "zod";
import { count, proven, text, texts } from "./common.js";

const reached = z.strictObject({ id: text, name: text, verdict: proven });

/** What identities reach together, each thing once. */
export const summedReach = z
  .strictObject({
    identities: z.array(reached),
    accounts: z.array(reached),
    administers: z.array(reached),
    resources: z.array(
      reached.extend({
        kind: text,
        account: text.exactOptional(),
        access: z.array(z.enum(["read", "change"])),
        through: texts,
      }),
    ),
    services: z
      .array(z.strictObject({ service: text, read: count, change: count, unknown: count }))
      .describe(
        "adjacent services: how many of its things may be read and changed, and how many rest on a missing fact",
      ),
    unlisted: texts.describe("services that policies name and of which the estate lists nothing"),
    privileges: texts.describe("rights to manage permissions"),
  })
  .describe("a union: what two of them reach is counted once");
