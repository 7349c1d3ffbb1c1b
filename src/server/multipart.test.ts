import { createHash, randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { sentDocuments } from "./multipart.js";
import { sentDocument } from "./sent-document.js";

const size = 50_000_000;

async function read(request: Request, most = size) {
  const found: { kind: string; path: string; sha256: string }[] = [];
  for await (const { kind, path, bytes } of sentDocuments(request, most)) {
    const hash = createHash("sha256");
    for await (const piece of bytes) hash.update(piece);
    found.push({ kind, path, sha256: hash.digest("hex") });
  }
  return found;
}

const request = (body: FormData | ReadableStream<Uint8Array> | string, type?: string): Request =>
  new Request("http://localhost/api/v1/imports", {
    method: "POST",
    body,
    duplex: "half",
    ...(type === undefined ? {} : { headers: { "content-type": type } }),
  });

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

test("documents come in order, under their names, with the bytes that were sent", async () => {
  const [large, empty] = [randomBytes(3_000_001), new Uint8Array()];
  const form = new FormData();
  form.append("estate", new File([large], "accounts/größe – 1.json"));
  form.append("findings", new File([empty], "../..\\etc/empty.json"));
  form.append("estate", new File(["--\r\n--b\r\n"], "a.json"));
  expect(await read(request(form))).toEqual([
    { kind: "estate", path: "accounts/größe – 1.json", sha256: sha256(large) },
    { kind: "findings", path: "etc/empty.json", sha256: sha256(empty) },
    { kind: "estate", path: "a.json", sha256: sha256(Buffer.from("--\r\n--b\r\n")) },
  ]);
});

const head = '--b\r\nContent-Disposition: form-data; name="estate"; filename="e.json"\r\n\r\n';
const multipart = "multipart/form-data; boundary=b";

test.each([
  ["no form", "{}", "application/json", "bad-request"],
  ["nothing said", "{}", undefined, "bad-request"],
  ["no boundary", head, "multipart/form-data", "bad-request"],
  ["cut off in a document", `${head}{"a":`, multipart, "bad-request"],
  ["cut off in a head", head.slice(0, 30), multipart, "bad-request"],
  ["cut off before the end", `${head}{}\r\n--b\r\n`, multipart, "bad-request"],
  ["a part of another name", `${head.replace("estate", "other")}{}\r\n--b--\r\n`, multipart, "unusable"],
  [
    "a field",
    '--b\r\nContent-Disposition: form-data; name="estate"\r\n\r\n{}\r\n--b--\r\n',
    multipart,
    "unusable",
  ],
  ["no name", `${head.replace("e.json", "..")}{}\r\n--b--\r\n`, multipart, "unusable"],
  ["too large", `${head}${" ".repeat(5000)}\r\n--b--\r\n`, multipart, "too-large"],
])("what is no upload is told as what it is: %s", async (_name, body, type, code) => {
  await expect(read(request(body, type), 4000)).rejects.toMatchObject({ code });
});

test("the sender is read no faster than what it sends is taken", async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = sent === 0 ? Buffer.from(head) : Buffer.alloc(65_536);
      sent += piece.length;
      controller.enqueue(piece);
      if (sent > size) controller.error(new Error("everything was read at once"));
    },
  });
  for await (const { bytes } of sentDocuments(request(body, multipart), size)) {
    const pieces = bytes[Symbol.asyncIterator]();
    await pieces.next();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent).toBeLessThan(2_000_000);
    break;
  }
});

describe("one document as the body (`curl --data-binary`)", () => {
  const body = (
    bytes: Uint8Array | ReadableStream<Uint8Array> | null,
    headers: Record<string, string> = {},
  ) =>
    new Request("http://localhost/api/v1/imports", {
      method: "POST",
      body: bytes === null ? null : bytes instanceof ReadableStream ? bytes : new Uint8Array(bytes),
      duplex: "half",
      headers,
    });
  const take = async (sent: Request, name = "prowler.json", most = size) => {
    for await (const { kind, path, bytes } of sentDocument(sent, { kind: "findings", name }, most)) {
      const hash = createHash("sha256");
      for await (const piece of bytes) hash.update(piece);
      return { kind, path, sha256: hash.digest("hex") };
    }
    return undefined;
  };

  test("is taken byte by byte under its name, whatever its type is called", async () => {
    const bytes = randomBytes(1_000_003);
    for (const type of ["application/json", "application/gzip", "application/x-www-form-urlencoded", ""])
      expect(await take(body(bytes, type === "" ? {} : { "content-type": type }), "../a/b.json")).toEqual({
        kind: "findings",
        path: "a/b.json",
        sha256: sha256(bytes),
      });
  });

  const broken = (): ReadableStream<Uint8Array> =>
    new ReadableStream({
      pull(controller) {
        controller.enqueue(Buffer.from("{"));
        controller.error(new Error("gone"));
      },
    });
  test.each([
    ["nothing", () => body(null), "unusable"],
    ["no bytes", () => body(new Uint8Array()), "unusable"],
    ["cut off", () => body(broken()), "bad-request"],
    ["too large", () => body(randomBytes(5000)), "too-large"],
    ["said to be too large", () => body(Buffer.from("{}"), { "content-length": "5000" }), "too-large"],
    ["another coding", () => body(Buffer.from("{}"), { "content-encoding": "br" }), "wrong-type"],
  ])("is told as what it is: %s", async (_name, sent, code) => {
    await expect(take(sent(), "e.json", 4000)).rejects.toMatchObject({ code });
  });
});
