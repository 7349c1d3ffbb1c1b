import { useQuery } from "@tanstack/react-query";
import type { CaseWhatIf } from "../../../api/index.js";
import { send } from "../../api/client.js";
import { apiPath } from "../../api/path.js";
import { isObject, jsonOf, type JsonChange } from "./change-kinds.js";

/** What is asked about: a change document, or a Terraform plan as it was printed. */
export type Asked = JsonChange;

export const documentOf = (changes: readonly JsonChange[]): Asked => ({
  schema: "remit.change/1",
  version: 1,
  changes,
});

/** What the server says that these changes make of the case. An older answer is dropped with its question. */
export function useWhatIf(id: string, asked: Asked | undefined) {
  return useQuery({
    queryKey: ["cases", id, "what-if", asked],
    queryFn: ({ signal }) =>
      send<CaseWhatIf>(apiPath(`/cases/${id}/what-if`), { method: "POST", body: asked, signal }),
    enabled: asked !== undefined,
    staleTime: 60_000,
  });
}

export type Pasted =
  | { readonly kind: "changes"; readonly changes: readonly JsonChange[] }
  | { readonly kind: "document"; readonly document: Asked }
  | { readonly kind: "wrong"; readonly text: string };

/** A pasted document: changes join those that are composed, a plan is asked as it is. */
export function pastedOf(text: string): Pasted {
  const read = jsonOf(text);
  if (!isObject(read))
    return {
      kind: "wrong",
      text: "this is no JSON object: a change document in YAML goes through `remit what-if --change FILE`, a plan through `terraform show -json PLAN`",
    };
  const { changes } = read;
  if (Array.isArray(changes) && changes.every(isObject)) return { kind: "changes", changes };
  return { kind: "document", document: read };
}
