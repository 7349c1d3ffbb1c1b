import { z } from "@hono/zod-openapi";
import type { Server } from "../../src/server/index.js";

/** As much of OpenAPI 3.1 as our own document has. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface Operation {
  readonly path: string;
  readonly method: string;
  readonly parameters: readonly Parameter[];
  readonly body: Content;
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

export interface Description {
  readonly operations: readonly Operation[];
  /** Follows `$ref`. */
  readonly resolve: (schema: Schema) => Schema;
  /** What is wrong with an answer: empty is well. */
  readonly faultsOf: (operation: Operation, answer: Response) => Promise<readonly string[]>;
}

const methods = ["get", "put", "post", "patch", "delete"] as const;

interface RawOperation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Operation["responses"];
}

interface RawDocument {
  readonly paths: Readonly<Record<string, Partial<Record<string, RawOperation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** Reads what the server says of itself: nothing of it is repeated in the tests. */
export async function describeApi(app: Server): Promise<Description> {
  const answer = await app.request("/api/v1/openapi.json");
  const document = (await answer.json()) as RawDocument;
  const named = document.components?.schemas ?? {};
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method): readonly Operation[] => {
      const raw = item[method];
      if (raw === undefined) return [];
      const { parameters = [], requestBody, responses } = raw;
      return [
        { path, method: method.toUpperCase(), parameters, body: requestBody?.content ?? {}, responses },
      ];
    }),
  );
  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.replace("#/components/schemas/", "");
    return name === undefined ? schema : resolve(named[name] ?? {});
  };
  // A validator takes its definitions from within: the references are led there.
  const inward = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replaceAll("#/components/schemas/", "#/$defs/"));
  const definitions = inward(named) as Record<string, unknown>;
  const validators = new Map<Schema, z.ZodType>();
  const validatorOf = (schema: Schema): z.ZodType => {
    const known = validators.get(schema);
    if (known !== undefined) return known;
    const whole = { ...(inward(schema) as object), $defs: definitions };
    const made = z.fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0]);
    validators.set(schema, made);
    return made;
  };
  return {
    operations,
    resolve,
    async faultsOf({ responses }, answer) {
      const { status } = answer;
      const declared = responses[String(status)];
      if (declared === undefined)
        return [`the status ${String(status)} is not declared: ${await answer.text()}`];
      const type = (answer.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
      if (declared.content === undefined)
        return (await answer.text()) === "" ? [] : ["there is a body where none is declared"];
      const content = declared.content[type];
      if (content === undefined)
        return [`\`${type}\` is not declared for ${String(status)}: ${(await answer.text()).slice(0, 200)}`];
      if (!type.endsWith("json") || content.schema === undefined) {
        // A stream that goes on is left as soon as it has begun.
        await answer.body?.cancel();
        return [];
      }
      const checked = validatorOf(content.schema).safeParse(await answer.json());
      return checked.success
        ? []
        : checked.error.issues.map(({ path, message }) => `\`${path.join(".")}\`: ${message}`);
    },
  };
}
