import { describe, expect, test } from "vitest";
import { createReach, wrongAllowance, wrongTarget } from "./reach.js";

const shut = createReach([]);

describe("what a webhook may reach (server-side request forgery)", () => {
  test.each([
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://127.1/",
    "https://0/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:a9fe:a9fe]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://10.0.0.1/",
    "https://172.31.255.255/",
    "https://192.168.1.1/",
    "https://100.64.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://db.internal/",
    "https://intranet/",
    "https://printer.local/",
    "http://hooks.example.com/",
    "ftp://hooks.example.com/",
    "file:///etc/passwd",
    "https://me:secret@hooks.example.com/",
    "https://hooks.example.com/#x",
    "hooks",
    "",
  ])("`%s` is refused", (url) => expect(wrongTarget(url, shut)).toBeTypeOf("string"));

  test.each(["https://hooks.example.com/remit?x=1", "https://93.184.216.34/", "https://[2606:4700::1111]/"])(
    "`%s` is taken",
    (url) => expect(wrongTarget(url, shut)).toBeUndefined(),
  );

  test("what the configuration allows, and nothing beside it, may lie inside and be spoken to in the clear", () => {
    const reach = createReach(["10.1.0.0/16", "127.0.0.1", "chat.internal"]);
    for (const url of [
      "http://10.1.2.3/",
      "http://127.0.0.1:8080/x",
      "https://chat.internal/",
      "http://chat.internal/",
    ])
      expect(wrongTarget(url, reach)).toBeUndefined();
    for (const url of [
      "https://10.2.0.1/",
      "https://127.0.0.2/",
      "https://other.internal/",
      "http://example.com/",
    ])
      expect(wrongTarget(url, reach)).toBeTypeOf("string");
  });

  test.each([
    ["10.0.0.0/8", true],
    ["::1", true],
    ["fd00::/8", true],
    ["chat.internal", true],
    ["10.0.0.0/33", false],
    ["10.0.0.0/x", false],
    ["10.0.0.0/8/8", false],
    ["a b", false],
    ["", false],
  ])("`%s` as an allowance", (item, right) => expect(wrongAllowance(item) === undefined).toBe(right));
});
