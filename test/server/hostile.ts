import fc from "fast-check";
import type { Operation, Parameter, Schema } from "./openapi.js";

/** What somebody sends who means no good, or whose program is broken. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      "",
      " ",
      "\u0000",
      "a\u0000b",
      "\ud800",
      "\u202egnp.exe",
      "\ufeff",
      "\u2028",
      "null",
      "undefined",
      "NaN",
      "-0",
    ],
    ...[
      "'",
      "';drop table events;--",
      '"',
      "\\",
      "\\u0000",
      "%00",
      "%",
      "%zz",
      "${7*7}",
      "{{7*7}}",
      "$where",
      "__proto__",
    ],
    ...[
      "constructor",
      "../../../etc/passwd",
      "..%2f..%2f",
      "<script>alert(1)</script>",
      "\r\nset-cookie: a=b",
      "\u001b[2J",
    ],
    ...[
      "2026-13-45T99:99:99Z",
      "0000-00-00",
      "+275760-09-13T00:00:00.001Z",
      "infinity",
      "-infinity",
      "now",
      "epoch",
    ],
    ...[
      "9".repeat(400),
      "x".repeat(70_000),
      "😀".repeat(2000),
      "R-0000",
      "R-ZZZZ",
      "p-00000000",
      '"7"',
      'W/"7"',
      '"999999999999"',
    ],
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ maxLength: 40 }),
);

const hostileNumber = fc.constantFrom(
  ...[0, -1, 1.5, 1e308, -1e308, 2 ** 31, 2 ** 53, -(2 ** 63), 99_999_999_999_999, 5e-324],
);

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom<unknown>(null, true, false, [], {}, [[[[[]]]]], { __proto__: null, toString: 1 }, [null]),
  fc.constant(nested(4000)),
  fc.jsonValue({ maxDepth: 3 }),
);

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

/** Values that a schema allows. `known`: strings that exist in the installation. */
export function valuesOf(
  given: Schema,
  resolve: (schema: Schema) => Schema,
  known: readonly string[],
): fc.Arbitrary<unknown> {
  const schema = resolve(given);
  const of = (inner: Schema): fc.Arbitrary<unknown> => valuesOf(inner, resolve, known);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const either = schema.anyOf ?? schema.oneOf;
  if (either !== undefined) return fc.oneof(...either.map(of));
  const type = Array.isArray(schema.type) ? (schema.type as readonly string[])[0] : schema.type;
  switch (type) {
    case "string":
      return textsOf(schema, known);
    case "integer":
    case "number":
      return fc.integer({ min: schema.minimum ?? -1000, max: Math.min(schema.maximum ?? 1000, 1e6) });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(of(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, 3),
      });
    case "object": {
      const properties = Object.entries(schema.properties ?? {});
      return fc.record(Object.fromEntries(properties.map(([name, inner]) => [name, of(inner)])), {
        requiredKeys: [...(schema.required ?? [])],
      });
    }
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function textsOf({ pattern, format, minLength = 0, maxLength = 60 }: Schema, known: readonly string[]) {
  const fits = known.filter((text) => pattern === undefined || new RegExp(pattern, "u").test(text));
  const exists = fits.length === 0 ? [] : [fc.constantFrom(...fits)];
  if (format === "date-time" || format === "date")
    return fc.oneof(
      ...exists,
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
  if (pattern !== undefined) return fc.oneof(...exists, fc.stringMatching(new RegExp(pattern, "u")));
  return fc.oneof(
    ...exists,
    fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 60)) }),
    fc.constantFrom("2026-11-30T12:00:00Z", "2026-11-21T00:00:00.000Z"),
  );
}

/** One request, as it is shown where it fails. */
export interface Sent {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface Ground {
  readonly resolve: (schema: Schema) => Schema;
  readonly known: readonly string[];
  /** Documents that could be uploaded. */
  readonly samples: readonly string[];
  /** Sets of headers that say who asks. */
  readonly callers: readonly Readonly<Record<string, string>>[];
}

/** Requests for one operation: what it takes, with something of it broken in most. */
export function requestsOf(operation: Operation, ground: Ground): fc.Arbitrary<Sent> {
  const { resolve, known, callers, samples } = ground;
  const text = (parameter: Parameter): fc.Arbitrary<string | undefined> => {
    const valid = valuesOf(parameter.schema, resolve, known).map((value) => asText(value));
    const wrong = hostileText as fc.Arbitrary<string | undefined>;
    return fc.oneof(
      { weight: parameter.in === "path" ? 8 : 4, arbitrary: valid },
      { weight: 2, arbitrary: wrong },
      ...(parameter.in === "path"
        ? []
        : [
            {
              weight: parameter.required === true ? 1 : 3 * operation.parameters.length,
              arbitrary: fc.constant(undefined),
            },
          ]),
    );
  };
  const [type, content] = Object.entries(operation.body)[0] ?? [];
  const documents = type === "multipart/form-data" ? uploadsOf(samples) : fc.constantFrom(...samples);
  const body =
    type === undefined
      ? fc.constantFrom(undefined, undefined, "{}", "\u0000")
      : fc.oneof(
          { weight: 8, arbitrary: valuesOf(content?.schema ?? {}, resolve, known).map(bodyOf) },
          { weight: 4, arbitrary: mutated(valuesOf(content?.schema ?? {}, resolve, known)).map(bodyOf) },
          { weight: 2, arbitrary: hostileValue.map(bodyOf) },
          { weight: 1, arbitrary: hostileText },
          { weight: 1, arbitrary: fc.constant(undefined) },
          ...(type === "application/json" ? [] : [{ weight: 6, arbitrary: documents }]),
        );
  return fc
    .record({
      caller: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...callers.slice(0, 1)) },
        { weight: 3, arbitrary: fc.constantFrom(...callers) },
      ),
      values: fc.tuple(...operation.parameters.map(text)),
      body,
      type: fc.oneof(
        {
          weight: 9,
          arbitrary: fc.constant(type === "multipart/form-data" ? `${type}; boundary=${boundary}` : type),
        },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            undefined,
            "",
            "text/plain",
            "application/json; charset=utf-16",
            "multipart/form-data",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
          ),
        },
      ),
      method: fc.oneof(
        { weight: 15, arbitrary: fc.constant(operation.method) },
        {
          weight: 1,
          arbitrary: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "QUERY"),
        },
      ),
    })
    .map(({ caller, values, body: sent, type: stated, method }) => {
      let path = operation.path;
      const query: string[] = [];
      const headers: Record<string, string> = { ...caller };
      operation.parameters.forEach(({ name, in: where }, index) => {
        const value = values[index];
        if (where === "path")
          path = path.replace(`{${name}}`, encoded(value === undefined || value === "" ? " " : value));
        else if (value === undefined) return;
        else if (where === "query") query.push(`${name}=${encoded(value)}`);
        else if (where === "header") headers[name] = inHeader(value);
      });
      if (stated !== undefined) headers["content-type"] = stated;
      const bodiless = method === "GET" || method === "HEAD";
      return {
        path: query.length === 0 ? path : `${path}?${query.join("&")}`,
        method,
        headers,
        body: bodiless ? undefined : sent,
      };
    });
}

const boundary = "----remit";

/** Forms of files, most of them with something wrong: names, heads, contents, ends. */
const uploadsOf = (samples: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(
        fc.record({
          name: fc.constantFrom("estate", "findings", "estate", "other", "", "__proto__"),
          file: fc.oneof(
            fc.constantFrom("estate.json", "a/b.json", "a"),
            hostileText.map(inHeader),
            fc.constant(undefined),
          ),
          content: fc.oneof(fc.constantFrom(...samples), hostileText, hostileValue.map(bodyOf)),
        }),
        { maxLength: 3 },
      ),
      fc.constantFrom(`--${boundary}--\r\n`, `--${boundary}--\r\n`, "", "--"),
    )
    .map(([parts, end]) => {
      const written = parts.map(({ name, file, content }) => {
        const head = file === undefined ? "" : `; filename="${file}"`;
        return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${head}\r\n\r\n${content}\r\n`;
      });
      return `${written.join("")}${end}`;
    });

/** One place of the value, however deep, is something else. */
const mutated = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(valid, hostileValue, fc.nat(40)).map(([value, wrong, at]) => {
    let left = at;
    const visit = (inner: unknown): unknown => {
      left -= 1;
      if (left === 0 || typeof inner !== "object" || inner === null)
        return left <= 0 && left > -2 ? wrong : inner;
      return Array.isArray(inner)
        ? inner.map(visit)
        : Object.fromEntries(Object.entries(inner).map(([name, item]) => [name, visit(item)]));
    };
    return visit(value);
  });

const asText = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");
const bodyOf = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");
/** What is broken already stays broken. */
const encoded = (text: string): string =>
  /^(%00|%|%zz|\.\.%2f.*)$/.test(text)
    ? text
    : encodeURIComponent(Buffer.from(text, "utf8").toString("utf8"));
/** As far as a header can carry it: a client that writes anything else is stopped by its own library. */
const inHeader = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "?").trim();
