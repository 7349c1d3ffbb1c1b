import { draftReading } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { sourceBlocks } from "./source-lines.js";

/** `.tf` files: where each resource is written. Values are left to state and plan. */
export const terraformSourceReader: EstateReader = {
  kind: "terraform-source",
  title: "Terraform source",
  recognises: (document) => document.format === "text" && /\.tf$/i.test(document.source.path),
  read(document, context) {
    const draft = draftReading(context);
    for (const block of sourceBlocks(document.text)) {
      draft.add("links", {
        kind: "written-in",
        from: block.address,
        to: context.source.path,
        ...(block.source === undefined ? {} : { at: block.source }),
        origin: { source: context.source, line: block.line },
      });
      draft.count(block.kind === "resource" ? "resources" : "modules");
    }
    return draft.reading();
  },
};
