import { parseArn } from "../../core/estate/index.js";
import { draftReading, isRecord, resourceKindOf, textOf } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { items, member } from "../json-value.js";

/** `resourcegroupstaggingapi get-resources`: the tags of everything that has, or once had, any. */
export const tagsReader: EstateReader = {
  kind: "aws-resource-tags",
  title: "tags of resources",
  recognises: ({ value }) => Array.isArray(member(value, "ResourceTagMappingList")),
  read({ value }, context) {
    const draft = draftReading(context);
    for (const [index, item] of items(member(value, "ResourceTagMappingList")).entries()) {
      const place = draft.root.at("ResourceTagMappingList", index);
      const id = isRecord(item) ? textOf(item["ResourceARN"]) : undefined;
      const arn = id === undefined ? undefined : parseArn(id);
      if (!isRecord(item) || id === undefined || arn === undefined) {
        draft.reject(place, "an entry without `ResourceARN`");
        continue;
      }
      draft.count("resources");
      // Identities have their tags from IAM itself.
      if (arn.service === "iam") continue;
      const kind = resourceKindOf(id) ?? `${arn.service}:${arn.resource.split(/[/:]/)[0] ?? ""}`;
      draft.resource(id, { kind }, place).tagList(item["Tags"] ?? []);
    }
    return draft.reading();
  },
};
