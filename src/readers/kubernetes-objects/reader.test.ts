import { describe, expect, test } from "vitest";
import { corpusPath } from "../../../test/corpus.js";
import { readTexts } from "../../../test/read-texts.js";
import { loadEstate } from "../load-estate.js";

const role = "arn:aws:iam::222222222222:role/etl";
const manifest = `apiVersion: v1
kind: Namespace
metadata: { name: payments, annotations: { a8r.io/owner: payments-team } }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: etl, namespace: payments, annotations: { eks.amazonaws.com/role-arn: "${role}" }, labels: { team: data } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: etl, namespace: payments, labels: { owner: data, app.kubernetes.io/managed-by: Helm }, annotations: { a8r.io/owner: "@ana" } }
spec: { template: { spec: { serviceAccountName: etl } } }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly, namespace: payments }
spec: { jobTemplate: { spec: { template: { spec: { serviceAccountName: other } } } } }
`;

describe("Kubernetes (ownership.md 6a)", () => {
  test("a workload runs as the role of its service account (IRSA), and is owned as its annotation says", async () => {
    const { estate, rejected } = await readTexts({ "etl.yaml": manifest });
    expect(rejected).toEqual([]);
    expect(estate.workloads.map(({ id, runsAs }) => [id, runsAs])).toEqual([
      ["payments/etl", [role]],
      ["payments/nightly", []],
    ]);
    expect(
      estate.ownerships.map(({ subject, kind, owner, source }) => [subject, kind, owner, source]),
    ).toEqual([
      [role, "annotation", "data", "team of service account etl"],
      [role, "namespace", "payments-team", "a8r.io/owner of namespace payments"],
      ["workload:payments/etl", "annotation", "@ana", "a8r.io/owner of Deployment etl"],
      ["workload:payments/etl", "namespace", "payments-team", "a8r.io/owner of namespace payments"],
      ["workload:payments/nightly", "namespace", "payments-team", "a8r.io/owner of namespace payments"],
    ]);
    expect(estate.workloads[0]?.origin.line).toBe(9);
  });

  test("pods of the corpus lead to what made them, not to a workload per pod", async () => {
    const { estate, rejected } = await loadEstate([
      corpusPath("estates", "documents", "kubernetes-workloads"),
    ]);
    expect(rejected).toEqual([]);
    expect(estate.workloads.map(({ id }) => id)).toEqual([
      "default/blog",
      "default/sample-workload",
      "kube-system/kube-flannel-ds",
      "kube-system/kube-proxy",
      "kube-system/kube-registry-proxy",
    ]);
  });

  test("what a chart says about itself names nobody", async () => {
    const { estate } = await readTexts({
      "chart.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: x, labels: { app.kubernetes.io/managed-by: Helm, app.kubernetes.io/part-of: shop } }\nspec: {}\n",
    });
    expect(estate.ownerships).toEqual([]);
    expect(estate.workloads).toHaveLength(1);
  });
});
