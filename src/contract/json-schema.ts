import { z } from "zod";

/** A JSON Schema (draft 2020-12) of a document, as text; what it accepts when read, not what parsing makes of it. */
export function renderSchema(name: string, schema: z.ZodType): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "ref" });
  const document = {
    $schema,
    $id: `urn:remit:schema:${name}`,
    title: `remit ${name}`,
    ...rest,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
