import type { Operation } from "./openapi.js";
import type { Sent } from "./hostile.js";

/** What is there to ask about, by what it is. */
export interface Things {
  readonly case: string;
  readonly resource: string;
  readonly weakness: string;
  readonly fingerprint: string;
  readonly digest: string;
  readonly import: string;
  readonly snapshot: string;
  readonly webhook: string;
  readonly catalogue: string;
  readonly estate: string;
}

const json = { "content-type": "application/json" };
const yaml = { "content-type": "application/yaml" };

/**
 * A request for each operation as somebody sends it who means it: what comes before hostile ones, so that those that
 * follow meet a route that was seen to answer.
 */
export function wellMeant(
  { method, path }: Operation,
  things: Things,
  caller: Readonly<Record<string, string>>,
): Sent {
  const filled = path
    .replace("/cases/{id}", `/cases/${things.case}`)
    .replace("/imports/{id}", `/imports/${things.import}`)
    .replace("/webhooks/{id}", `/webhooks/${things.webhook}`)
    .replace("{digest}", things.digest)
    .replace("{fingerprint}", encodeURIComponent(things.fingerprint))
    .replace("{version}", "1")
    .replace("{id}", "of-nothing");
  const query = new URLSearchParams(queries(things)[path] ?? {}).toString();
  const sent = bodies(things)[`${method} ${path}`];
  return {
    path: query === "" ? filled : `${filled}?${query}`,
    method,
    headers: { ...caller, ...sent?.headers },
    body: sent?.body,
  };
}

const queries = ({
  resource,
  weakness,
  snapshot,
  case: id,
}: Things): Record<string, Record<string, string>> => ({
  "/api/v1/who-can": { action: "s3:PutBucketPolicy", resource: "north-shop-assets" },
  "/api/v1/reach": { principal: "svc-shop" },
  "/api/v1/recreate": { resource, weakness },
  "/api/v1/playbook": { workload: "shop" },
  "/api/v1/analysis/owners": { cases: id },
  "/api/v1/compare": { from: snapshot },
  "/api/v1/search": { q: "shop" },
  "/api/v1/imports": { as: "estate", name: "estate.yaml" },
});

const bodies = ({
  catalogue,
  estate,
}: Things): Record<string, { headers: Record<string, string>; body: string }> => {
  const sent = (value: object, headers: Record<string, string> = {}) => ({
    headers: { ...json, ...headers },
    body: JSON.stringify(value),
  });
  const change = {
    schema: "remit.change/1",
    version: 1,
    changes: [{ disablePrincipal: "arn:aws:iam::333333333333:user/svc-shop" }],
  };
  return {
    "POST /api/v1/cases/{id}/commands": sent(
      { kind: "note", text: "seen" },
      { "idempotency-key": "well-meant" },
    ),
    "POST /api/v1/cases/{id}/what-if": sent(change),
    "POST /api/v1/what-if": sent(change),
    "POST /api/v1/tokens": sent({ name: "mine", person: "ana.ruiz", scopes: ["read"] }),
    "POST /api/v1/webhooks": sent({ url: "https://hooks.example.com/more" }),
    "POST /api/v1/webhooks/{id}/resume": sent({}),
    "POST /api/v1/webhook-sources": sent({ kind: "ocsf", name: "scanner" }),
    "POST /api/v1/imports": { headers: {}, body: estate },
    "POST /api/v1/catalogue/check": { headers: yaml, body: catalogue },
    "PUT /api/v1/catalogue": { headers: { ...yaml, "if-match": '"1"' }, body: catalogue },
  };
};
