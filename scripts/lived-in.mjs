/**
 * What happens in the company of the example before its screens are pictured: an incident with orders, tokens, a
 * webhook, proofs that were opened, and a gap of the catalogue that is closed.
 */
import { setTimeout as pause } from "node:timers/promises";

/** The case that is an incident. */
export const incident = "R-95Y5";

/**
 * Until questions of the estate are answered: it is read in by a process of its own, and pages say so as long as it is.
 *
 * @param {string} address
 */
export async function warmed(address) {
  const { headers } = await signIn(address, "ana.ruiz");
  for (;;) {
    const answer = await fetch(`${address}/api/v1/remit`, { headers });
    const remit = /** @type {{ ifItHappened?: unknown }} */ (await answer.json());
    if (remit.ifItHappened !== undefined) return;
    await pause(500);
  }
}

/**
 * An incident with a commander and three orders: one refused, one taken, one waiting.
 *
 * @param {string} address
 */
export async function declare(address) {
  const moves = /** @type {const} */ ([
    ["s.kaya", { kind: "declare-incident", reason: "a stranger read the bucket" }],
    ["s.kaya", { kind: "appoint-commander", person: "m.okafor", until: "2026-11-22T18:00:00.000Z" }],
    [
      "m.okafor",
      { kind: "order", to: "IDGOV", person: "ana.ruiz", action: "drop s3:PutBucketPolicy from etl-admin" },
    ],
    [
      "m.okafor",
      { kind: "order", to: "CLOUD_OPS", person: "l.meyer", action: "close public access on acme-reports" },
    ],
    [
      "m.okafor",
      { kind: "order", to: "SECRETS", person: "t.berg", action: "disable the leaked key of svc-batch" },
    ],
    [
      "ana.ruiz",
      { kind: "refuse-order", order: "O1", reason: "six people would be cut off while the month is closed" },
    ],
    ["l.meyer", { kind: "acknowledge-order", order: "O2" }],
  ]);
  for (const [person, command] of moves) {
    const { headers } = await signIn(address, person);
    const answer = await fetch(`${address}/api/v1/cases/${incident}/commands`, {
      method: "POST",
      headers: { ...headers, "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify(command),
    });
    if (!answer.ok) throw new Error(`${command.kind}: ${await answer.text()}`);
  }
}

/**
 * What a product in use holds: tokens, somebody who is told, proofs that were opened.
 *
 * @param {string} address
 */
export async function furnish(address) {
  const { headers } = await signIn(address, "s.kaya");
  const post = async (/** @type {string} */ path, /** @type {unknown} */ body) => {
    const answer = await fetch(`${address}/api/v1${path}`, {
      method: "POST",
      headers: { ...headers, "idempotency-key": crypto.randomUUID() },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  };
  await post("/tokens", {
    name: "ci-gate",
    person: "s.kaya",
    scopes: ["read"],
    expiresAt: "2027-01-31T00:00:00Z",
  });
  await post("/tokens", {
    name: "nightly-import",
    person: "s.kaya",
    scopes: ["import"],
    expiresAt: "2026-12-02T00:00:00Z",
  });
  await post("/webhooks", {
    url: "https://chat.acme-freight.example/hooks/remit",
    events: ["case.*", "import"],
    note: "channel of security operations",
  });
  for (const person of ["ana.ruiz", "c.dupont", "s.kaya"]) {
    const reader = await signIn(address, person);
    await fetch(`${address}/api/v1/cases/${incident}/evidence`, { headers: reader.headers });
  }
}

/**
 * Two entries are mended: the authority that ran out is renewed, and the team of identities has another head.
 *
 * @param {string} address
 */
export async function mendCatalogue(address) {
  const { headers } = await signIn(address, "s.kaya");
  const held = await fetch(`${address}/api/v1/catalogue`, { headers });
  const text = await held.text();
  const mended = text
    .replace("head: ana.ruiz, members: [t.berg] }", "head: t.berg, members: [ana.ruiz] }")
    .replace(
      "holder: c.dupont, until: 2026-06-30 }",
      "holder: c.dupont, deputy: r.silva, until: 2036-06-30 }",
    );
  const answer = await fetch(`${address}/api/v1/catalogue`, {
    method: "PUT",
    headers: {
      ...headers,
      "content-type": "application/yaml",
      "if-match": held.headers.get("etag") ?? "",
      "idempotency-key": crypto.randomUUID(),
    },
    body: mended,
  });
  if (!answer.ok) throw new Error(`the catalogue was not mended: ${await answer.text()}`);
}

/**
 * @param {string} address
 * @param {string} person of the example's catalogue
 */
async function signIn(address, person) {
  const headers = { "content-type": "application/json", origin: address };
  const session = await fetch(`${address}/api/v1/session`, {
    method: "POST",
    headers: { ...headers, "idempotency-key": crypto.randomUUID() },
    body: JSON.stringify({ person }),
  });
  const { csrf } = /** @type {{ csrf: string }} */ (await session.json());
  const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { headers: { ...headers, cookie, "x-csrf-token": csrf } };
}
