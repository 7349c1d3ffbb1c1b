import { expect, test } from "vitest";
import { receiverOf, stateOf, type Webhook } from "./webhook-words.js";

const now = "2026-11-22T12:00:00Z";
const webhook = (part: Partial<Webhook>): Webhook => ({
  id: "w1",
  url: "https://chat.example/services/T0/B0/secret",
  events: [],
  note: "",
  createdBy: "s.kaya",
  createdAt: now,
  ...part,
});

test("of an address only the host is shown: the rest lets one write there", () => {
  expect(receiverOf(webhook({}).url)).toBe("chat.example");
  expect(receiverOf("https://name:word@inside.example:8443/x?key=1")).toBe("inside.example:8443");
  expect(receiverOf("nothing")).toBe("an address that is none");
});

test("paused, not reached or told: one of them, in words", () => {
  const failing = { since: "2026-11-22T09:00:00Z", tries: 5 };
  expect(stateOf(webhook({}), now)).toBe("told");
  expect(stateOf(webhook({ failing }), now)).toBe("not reached for 3 h, 5 tries");
  expect(stateOf(webhook({ failing, stoppedAt: "2026-11-20T09:00:00Z" }), now)).toBe("paused 2 d ago");
});
