import { draftReading } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { isUnknown, readBody, type HclBody } from "./hcl-values.js";
import { policyOfData } from "./policy-data.js";
import { sourceBlocks, type SourceBlock } from "./source-lines.js";
import { writtenValues } from "./written-values.js";

/** `.tf` files: where each resource is written, and what is written out of its values. */
export const terraformSourceReader: EstateReader = {
  kind: "terraform-source",
  title: "Terraform source",
  recognises: (document) => document.format === "text" && /\.tf$/i.test(document.source.path),
  read(document, context) {
    const draft = draftReading(context);
    const blocks = sourceBlocks(document.text);
    const bodyOf = ({ body }: SourceBlock): HclBody | undefined =>
      body === undefined ? undefined : readBody(document.text, body);
    const policies = policiesOf(blocks, bodyOf);
    for (const block of blocks) {
      if (block.kind === "data") continue;
      const body = bodyOf(block);
      const declares =
        body === undefined
          ? undefined
          : writtenValues(block.address.split(".")[0] ?? "", withPolicies(body, policies));
      draft.add("links", {
        kind: "written-in",
        from: block.address,
        to: context.source.path,
        ...(block.source === undefined ? {} : { at: block.source }),
        ...(declares === undefined || declares.size === 0 ? {} : { declares }),
        origin: { source: context.source, line: block.line },
      });
      if (block.kind !== "moved") draft.count(block.kind === "resource" ? "resources" : "modules");
    }
    return draft.reading();
  },
};

/** Policy documents that this file writes out, by name. One that is written in another file stays open. */
function policiesOf(
  blocks: readonly SourceBlock[],
  bodyOf: (block: SourceBlock) => HclBody | undefined,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const block of blocks) {
    const [type, name] = block.address.split(".");
    if (block.kind !== "data" || type !== "aws_iam_policy_document" || name === undefined) continue;
    const body = bodyOf(block);
    const policy = body === undefined ? undefined : policyOfData(body);
    if (policy !== undefined) found.set(name, policy);
  }
  return found;
}

const withPolicies = (body: HclBody, policies: ReadonlyMap<string, string>): HclBody =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      const named = isUnknown(value) && value.policy !== undefined ? policies.get(value.policy) : undefined;
      return [name, named ?? value];
    }),
  );
