import type { FindingResult } from "../../core/findings/index.js";
import { codeDraft } from "../code-checks/index.js";
import type { FindingsReader, FindingTranslation, TranslatedRow } from "../findings-reader.js";
import { clusterObject } from "../flaws/index.js";
import { member, objects, text, type JsonObject } from "../json-value.js";

/** `WARN`: a test that must be made by hand, or that could not be made. */
const results: Readonly<Record<string, FindingResult>> = {
  PASS: "pass",
  FAIL: "fail",
  WARN: "manual",
  INFO: "not-applicable",
};

/** kube-bench' JSON: tests of the CIS benchmark on one node. */
export const kubeBench: FindingsReader = {
  kind: "kube-bench",
  title: "kube-bench report (JSON)",
  form: "json",
  about: {
    versions: "0.3 and later",
    envelopes: '`{"Controls": […]}`; list of controls; one control',
    reads: ["test with the version of the benchmark, kind of node, `PASS`, `FAIL`, `WARN` (by hand), `INFO`"],
    ignores: ["audit commands and what they print", "remediation texts", "totals"],
  },
  recognises: (record) =>
    isControl(record) ||
    objects(member(record, "Controls")).some(isControl) ||
    (Object.hasOwn(record, "Controls") && Object.hasOwn(record, "Totals")),
  translate: (record): FindingTranslation => ({
    rows: isControl(record)
      ? controlRows(record, "")
      : objects(member(record, "Controls")).flatMap((control, index) =>
          controlRows(control, `/Controls/${index}`),
        ),
  }),
};

const isControl = (record: JsonObject): boolean =>
  text(record, "node_type") !== undefined && Array.isArray(member(record, "tests"));

function controlRows(control: JsonObject, base: string): readonly TranslatedRow[] {
  // The report does not say which node it is of: kinds of nodes are told apart, nodes of a kind are not.
  const node = clusterObject("node", text(control, "node_type") ?? "node");
  const benchmark = `CIS ${text(control, "version") ?? ""}`.trim();
  return objects(member(control, "tests")).flatMap((group, number) =>
    objects(member(group, "results")).map((test, index): TranslatedRow => {
      const pointer = `${base}/tests/${number}/results/${index}`;
      const id = text(test, "test_number");
      if (id === undefined) return { pointer, reason: "`test_number` is missing: the test has no name" };
      const known = results[text(test, "status") ?? ""];
      return {
        pointer,
        drafts: [
          codeDraft({
            tool: "kube-bench",
            // Numbers mean other tests in other versions of the benchmark.
            rule: `${benchmark} ${id}`,
            title: text(test, "test_desc") ?? id,
            class: "configuration",
            resource: node,
            result: known ?? "manual",
            severity: "unknown",
            ...(known === undefined ? { quality: ["unknown-status"] } : {}),
          }),
        ],
      };
    }),
  );
}
