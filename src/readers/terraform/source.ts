import { draftReading } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { readBody } from "./hcl-values.js";
import { sourceBlocks } from "./source-lines.js";
import { writtenValues } from "./written-values.js";

/** `.tf` files: where each resource is written, and what is written out of its values. */
export const terraformSourceReader: EstateReader = {
  kind: "terraform-source",
  title: "Terraform source",
  recognises: (document) => document.format === "text" && /\.tf$/i.test(document.source.path),
  read(document, context) {
    const draft = draftReading(context);
    for (const block of sourceBlocks(document.text)) {
      const body = block.body === undefined ? undefined : readBody(document.text, block.body);
      const declares =
        body === undefined ? undefined : writtenValues(block.address.split(".")[0] ?? "", body);
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
