import { z } from "@hono/zod-openapi";
import { roles } from "../core/accountability/index.js";
import type { Command, SystemCommand } from "../core/cases/index.js";
import type { Same } from "../contract/index.js";

const text = z.string().min(1).max(2000);
const name = z.string().min(1).max(300);
const instant = z.string().max(40).openapi({ example: "2026-11-22T18:00:00Z" });
const role = z.enum(roles);
const place = { track: z.enum(["contain", "trace", "fix"]), item: name.exactOptional() };
const followUp = z.enum(["accessReview", "secretRotation", "privilegeReduction"]);

/** The moves that people make in a case. What forbids one is `rule` of the refusal. */
export const commandSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("claim"), ...place }),
    z.strictObject({ kind: z.literal("assign"), ...place, person: name }),
    z.strictObject({ kind: z.literal("give-back"), ...place }),
    z.strictObject({ kind: z.literal("start"), ...place }),
    z.strictObject({ kind: z.literal("finish-contain"), text }),
    z.strictObject({
      kind: z.literal("finish-trace"),
      causes: z
        .array(
          z.strictObject({
            what: z.enum([
              "role",
              "secret",
              "federated-identity",
              "service-principal",
              "person",
              "flaw",
              "setting",
            ]),
            id: name,
          }),
        )
        .max(50),
    }),
    z.strictObject({ kind: z.literal("sign-cause-unknown"), reason: text }),
    z.strictObject({ kind: z.literal("finish-fix"), item: name, text }),
    z.strictObject({ kind: z.literal("attest"), step: name, text }),
    z.strictObject({ kind: z.literal("finish-duty"), clock: text, text }),
    z.strictObject({ kind: z.literal("finish-follow-up"), name: followUp, evidence: text }),
    z.strictObject({ kind: z.literal("waive-follow-up"), name: followUp, reason: text }),
    z.strictObject({
      kind: z.literal("request"),
      asked: z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("step"), step: name, of: role }),
        z.strictObject({ kind: z.literal("control"), text }),
        z.strictObject({ kind: z.literal("privilege-change"), text }),
        z.strictObject({ kind: z.literal("residual-risk"), text }),
      ]),
      reason: text,
      until: instant,
    }),
    z.strictObject({ kind: z.literal("approve"), approval: name, until: instant.exactOptional() }),
    z.strictObject({ kind: z.literal("refuse"), approval: name, reason: text }),
    z.strictObject({ kind: z.literal("withdraw"), approval: name }),
    z.strictObject({
      kind: z.literal("sign-risk"),
      approval: name,
      reason: text,
      compensating: z.array(name).max(50),
      until: instant.exactOptional(),
    }),
    z.strictObject({ kind: z.literal("break-glass"), step: name, reason: text }),
    z.strictObject({ kind: z.literal("review-glass"), glass: name, justified: z.boolean(), reason: text }),
    z.strictObject({ kind: z.literal("declare-incident"), reason: text }),
    z.strictObject({ kind: z.literal("appoint-commander"), person: name, until: instant }),
    z.strictObject({ kind: z.literal("hand-over"), to: name }),
    z.strictObject({ kind: z.literal("accept-hand-over") }),
    z.strictObject({ kind: z.literal("end-term") }),
    z.strictObject({
      kind: z.literal("order"),
      to: role,
      person: name.exactOptional(),
      action: text,
      step: name.exactOptional(),
      answerBy: instant.exactOptional(),
    }),
    z.strictObject({ kind: z.literal("acknowledge-order"), order: name }),
    z.strictObject({ kind: z.literal("refuse-order"), order: name, reason: text }),
    z.strictObject({ kind: z.literal("finish-order"), order: name, text }),
    z.strictObject({ kind: z.literal("withdraw-order"), order: name }),
    z.strictObject({
      kind: z.literal("dispute"),
      ground: z.enum(["not-mine", "wrong-verdict", "counter-evidence"]),
      reason: text,
      place: z.strictObject(place).exactOptional(),
      should: role.exactOptional(),
      evidence: text.exactOptional(),
    }),
    z.strictObject({
      kind: z.literal("answer-dispute"),
      dispute: name,
      upheld: z.boolean(),
      reason: text,
      person: name.exactOptional(),
    }),
    z.strictObject({ kind: z.literal("note"), text }),
    z.strictObject({ kind: z.literal("close"), reason: text }),
    z.strictObject({ kind: z.literal("reopen"), reason: text }),
  ])
  .openapi("Command");

/** Moves that only the product itself makes are not part of the API. */
export type PersonCommand = Exclude<Command, SystemCommand>;

/** A move that core knows and the API does not, or the other way round, is a compile error. */
export const commandsMatchCore: Same<PersonCommand, z.infer<typeof commandSchema>> = true;
