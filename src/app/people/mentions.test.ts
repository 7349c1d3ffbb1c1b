import { expect, test } from "vitest";
import { saysOneOf } from "./mentions.js";

test.each([
  ["asked Ana.Ruiz on the phone", true],
  ["ana.ruiz", true],
  ["mail to ana ruiz, who is away", true],
  ["(ANA RUIZ)", true],
  ["ana.ruiz2 did it", false],
  ["the banana.ruiz", false],
  ["ana-lysis", false],
  ["Ana alone", false],
])("`%s` names her: %s", (text, names) => {
  expect(saysOneOf(["ana.ruiz", "Ana Ruiz"])(text)).toBe(names);
});
