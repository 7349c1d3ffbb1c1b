import type { ParsedDocument } from "../document.js";
import { draftReading, isRecord, listOf, pick, policyServices, textOf } from "../drafting/index.js";
import type { EstateReader } from "../estate-reader.js";
import { applyKeyMetadata, grantsIn, keyArn, keyDraft, setGrants } from "./key.js";

const keyHint =
  "name the key: file `key-policy-KEYID.json` below folders of its account and Region, or keep `KeyId` as an ARN";

/** `aws kms get-key-policy`, `list-grants` and `describe-key`. */
export const kmsReader: EstateReader = {
  kind: "aws-kms",
  title: "KMS key policy or grants",
  recognises: (document) => shapeOf(document) !== undefined,
  read(document, context) {
    const draft = draftReading(context);
    const { value } = document;
    switch (shapeOf(document)) {
      case "policy": {
        if (!isRecord(value)) break;
        const arn = keyArn(draft, textOf(pick(value, "KeyId", "KeyArn")));
        const place = draft.root.at("Policy");
        if (arn === undefined) {
          draft.reject(place, "this key policy does not name its key", { hint: keyHint });
          break;
        }
        keyDraft(draft, arn, draft.root).policy(value["Policy"], place, "key policy");
        const use = draftReading(context).policyUse(value["Policy"], place, "key policy");
        draft.count("statements", use?.document.statements.length ?? 0);
        break;
      }
      case "grants": {
        const grants = grantsIn(value) ?? [];
        const place = isRecord(value) ? draft.root.at("Grants") : draft.root;
        if (isRecord(value) && value["Truncated"] === true) {
          draft.reject(place, "the list of grants goes on: a part would look like all", {
            hint: "collect all pages",
          });
          break;
        }
        if (grants.length > 0) setGrants(draft, grants, place);
        else {
          draft.count("grants", 0);
          const arn = keyArn(draft, isRecord(value) ? textOf(pick(value, "KeyId")) : undefined);
          if (arn === undefined)
            draft.reject(place, "an empty list of grants does not name its key", { hint: keyHint });
          else keyDraft(draft, arn, draft.root).set("grants", [], place);
        }
        break;
      }
      case "metadata": {
        const metadata = isRecord(value) ? value["KeyMetadata"] : undefined;
        const arn = isRecord(metadata) ? textOf(metadata["Arn"]) : undefined;
        if (!isRecord(metadata) || arn === undefined) break;
        applyKeyMetadata(
          keyDraft(draft, arn, draft.root.at("KeyMetadata")),
          metadata,
          draft.root.at("KeyMetadata"),
        );
        draft.count("keys");
        break;
      }
      case undefined:
        break;
    }
    return draft.reading();
  },
};

function shapeOf({ value, source }: ParsedDocument): "policy" | "grants" | "metadata" | undefined {
  const grants = grantsIn(value);
  if (grants !== undefined && grants.length > 0) {
    return grants.every((item) => isRecord(item) && "GrantId" in item) ? "grants" : undefined;
  }
  if (!isRecord(value)) return undefined;
  if (grants !== undefined) return "Truncated" in value || !("Owner" in value) ? "grants" : undefined;
  if (isRecord(value["KeyMetadata"])) return "metadata";
  if (!("Policy" in value) || listOf(value["Statement"]).length > 0) return undefined;
  const services = policyServices(value["Policy"]);
  if (services.has("kms")) return "policy";
  return services.has("*") && /(^|[/\\-])(kms|key)/i.test(source.path) ? "policy" : undefined;
}
