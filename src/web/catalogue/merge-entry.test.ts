import { parse } from "yaml";
import { expect, test } from "vitest";
import { lineOf, withConfirmed } from "./merge-entry.js";

const catalogue = `# who answers
version: 1
workloads:
  - id: etl # runs at night
    planes: { build: { owner: data-platform } }
`;

test("what is confirmed completes an entry and keeps what stands there, with its comments", () => {
  const text = withConfirmed(catalogue, [
    {
      section: "workloads",
      line: '- {"id":"etl","planes":{"build":{"owner":"somebody-else"},"runtime":{"owner":"cloud-platform"}}}',
    },
  ]);
  expect(text).toContain("# who answers");
  expect(text).toContain("# runs at night");
  expect(parse(text ?? "")).toEqual({
    version: 1,
    workloads: [
      { id: "etl", planes: { build: { owner: "data-platform" }, runtime: { owner: "cloud-platform" } } },
    ],
  });
});

test("an entry that is not there is added at the end, and a section that is not there is begun", () => {
  const text = withConfirmed(catalogue, [
    { section: "workloads", line: '- {"id":"web","workloadIdentity":"ci"}' },
    {
      section: "workloadIdentities",
      line: '- {"principal":"arn:aws:iam::222222222222:role/x","owner":"ana"}',
    },
  ]);
  const value = parse(text ?? "") as { workloads: { id: string }[]; workloadIdentities: unknown[] };
  expect(value.workloads.map(({ id }) => id)).toEqual(["etl", "web"]);
  expect(value.workloadIdentities).toEqual([{ principal: "arn:aws:iam::222222222222:role/x", owner: "ana" }]);
});

test("a file that is no YAML map is left alone", () => {
  expect(withConfirmed("- a\n- b\n", [{ section: "teams", line: '- {"id":"x"}' }])).toBeUndefined();
  expect(withConfirmed("a: [", [{ section: "teams", line: '- {"id":"x"}' }])).toBeUndefined();
});

test("an entry is found by its id, and by nothing that only begins so", () => {
  expect(lineOf("workloads:\n  - { id: etl-2, x: 1 }\n  - id: etl\n", "etl")).toBe(3);
  expect(lineOf("workloads:\n  - id: etl\n", "web")).toBeUndefined();
});
