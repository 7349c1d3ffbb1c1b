import { expect, test } from "vitest";
import { emptyCatalogue, type Catalogue } from "../../core/accountability/index.js";
import { personOfLogin } from "./person-of-login.js";

const origin = { source: { path: "remit.yaml", digest: "0", kind: "catalogue" }, pointer: "" };
const person = (id: string, principals: readonly string[], more: object = {}) => ({
  id,
  name: id,
  active: true,
  principals,
  origin,
  ...more,
});
const catalogue: Catalogue = {
  ...emptyCatalogue,
  people: [
    person("ana", ["arn:aws:iam::*:role/x#ana@example.com"]),
    person("ben", ["oidc:https://idp.example.com/#b-17", "mailto:ben@example.com"]),
    person("cat@example.com", []),
    person("dan", ["mailto:shared@example.com"]),
    person("eve", ["arn:aws:iam::1:role/y#shared@example.com"]),
    person("fay", ["mailto:fay@example.com"], { leftAt: "2026-11-20" }),
    person("gus", ["oidc:https://idp.example.com#*"]),
  ],
};
const of = (subject: string, email?: string, issuer = "https://idp.example.com") =>
  personOfLogin(
    catalogue,
    { issuer, subject, ...(email === undefined ? {} : { email }) },
    "2026-11-22T12:00:00Z",
  );

test.each([
  ["s", "Ana@Example.com", { kind: "found", person: "ana" }],
  ["b-17", undefined, { kind: "found", person: "ben" }],
  // The subject is what the provider never gives to somebody else; an address can move.
  ["b-17", "ana@example.com", { kind: "found", person: "ben" }],
  ["s", "cat@example.com", { kind: "found", person: "cat@example.com" }],
  ["s", "shared@example.com", { kind: "several", people: ["dan", "eve"] }],
  ["s", "fay@example.com", { kind: "left", person: "fay" }],
  ["s", "a@example.com", { kind: "nobody" }],
  ["s", "example.com", { kind: "nobody" }],
  ["s", "*", { kind: "nobody" }],
  ["anything", undefined, { kind: "nobody" }],
])("subject %s with the verified address %s is %j", (subject, email, expected) => {
  expect(of(subject, email)).toEqual(expected);
});

test("the same subject of another provider is somebody else", () => {
  expect(of("b-17", undefined, "https://evil.example")).toEqual({ kind: "nobody" });
});
