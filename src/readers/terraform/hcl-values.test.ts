import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../../test/settings.js";
import { openText, readBody, unknownValue } from "./hcl-values.js";

const body = (text: string) => readBody(`{${text}\n}`, 1);

describe("values of a Terraform block", () => {
  it.each([
    ['acl = "private"', { acl: "private" }],
    ["a = true\n b = null\n c = -1.5e3 // note\n d = 2 # note", { a: true, b: null, c: -1500, d: 2 }],
    ['a = [1, "x", /* no */ true,\n]', { a: [1, "x", true] }],
    ['a = { b = 1, "c": "d"\n e = [] }', { a: { b: 1, c: "d", e: [] } }],
    ['rule { object_ownership = "X" }\nrule { a = 1 }', { rule: [{ object_ownership: "X" }, { a: 1 }] }],
    [
      'policy = jsonencode({ Statement = [{ Effect = "Allow" }] })',
      { policy: '{"Statement":[{"Effect":"Allow"}]}' },
    ],
    ['p = <<-EOT\n  {"a": "}"}\n  EOT\nq = 1', { p: '  {"a": "}"}\n', q: 1 }],
    ['a = "x\\n\\"\\u0041"', { a: 'x\n"A' }],
    // `$${` is how a text writes `${` (Terraform language, "Strings and templates").
    ['a = "$${aws:username}"', { a: "${aws:username}" }],
  ])("what is written out is taken: %s", (text, expected) => {
    expect(body(text)).toEqual(expected);
  });

  it.each([
    "a = var.x",
    'a = var.x ? "private" : "public-read"',
    'a = "private" == var.x',
    "a = [for x in var.y : x]",
    'a = file("${path.module}/policy.json")',
    "a = -var.x",
    "a = !true",
    "a = true && var.x",
    "a = 1 +\n 2\n",
  ])("what has to be worked out is unknown, and what follows is still read: %s", (text) => {
    const found = body(`${text}\nb = 1`);
    if (text.includes("+")) expect(found).toBeUndefined();
    else expect(found).toEqual({ a: unknownValue, b: 1 });
  });

  it("a part of a text that has to be worked out is marked, the rest stays", () => {
    expect(body('a = "${aws_s3_bucket.this["x"].arn}/*"')).toEqual({ a: `${openText}/*` });
  });

  it.each([
    ["policy = data.aws_iam_policy_document.p.json", { unknown: true, policy: "p" }],
    ["policy = data.aws_iam_policy_document.p[0].json", unknownValue],
    ["policy = var.x ? data.aws_iam_policy_document.p.json : null", unknownValue],
  ])("a policy document of the same code is named, and only as it is: %s", (text, expected) => {
    expect(body(text)).toEqual({ policy: expected });
  });

  it("dynamic blocks are unknown", () => {
    expect(body('dynamic "ingress" {\n for_each = var.x\n content { a = 1 }\n}')).toEqual({
      ingress: unknownValue,
    });
  });

  it("a block that ends too early says nothing at all", () => {
    expect(readBody('{ acl = "private"', 1)).toBeUndefined();
    expect(readBody("{ acl = [", 1)).toBeUndefined();
  });

  it("any text ends, and never throws", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      "(",
      ")",
      '"',
      "${",
      "<<E\n",
      "E\n",
      "a",
      "=",
      ",",
      "\n",
      "#",
      "/*",
      "jsonencode(",
      "dynamic",
      "1",
      "\\",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        readBody(parts.join(""), 0);
      }),
      { numRuns: runs.property },
    );
  });
});
