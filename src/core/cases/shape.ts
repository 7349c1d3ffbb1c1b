/** What a JSON value must look like: undefined when it does, else where it does not and why. */
export type Shape = (value: unknown, at: string) => string | undefined;

/** One shape per key of a type; a key that may be absent has an `optional` shape. */
export type FieldsOf<Type> = { readonly [Key in keyof Type]-?: Shape };

export const text: Shape = (value, at) => (typeof value === "string" ? undefined : `${at} is no text`);
export const truth: Shape = (value, at) =>
  typeof value === "boolean" ? undefined : `${at} is not true or false`;
export const count: Shape = (value, at) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? undefined : `${at} is no count`;
export const tri: Shape = (value, at) =>
  value === true || value === false || value === "unknown"
    ? undefined
    : `${at} is not true, false or unknown`;

export const oneOf =
  (...words: readonly (string | number | null)[]): Shape =>
  (value, at) =>
    words.includes(value as string) ? undefined : `${at} is none of ${words.map(String).join(", ")}`;

export const either =
  (...shapes: readonly Shape[]): Shape =>
  (value, at) =>
    shapes.some((shape) => shape(value, at) === undefined) ? undefined : shapes[0]?.(value, at);

export const list =
  (item: Shape): Shape =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at} is no list`;
    for (const [index, each] of value.entries()) {
      const problem = item(each, `${at}/${String(index)}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };

/** An optional field's shape carries this mark, so that its absence is allowed. */
const absent = Symbol("absent");
export const optional = (shape: Shape): Shape =>
  Object.assign<Shape, object>((value, at) => shape(value, at), { [absent]: true });
const mayBeAbsent = (shape: Shape): boolean => absent in shape;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Exactly these fields: what is not named is refused, so that nothing unknown is believed. */
export const fields =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, at) => {
    if (!isRecord(value)) return `${at === "" ? "it" : at} is no object`;
    for (const key of Object.keys(value)) if (!Object.hasOwn(shapes, key)) return `${at}/${key} is not known`;
    for (const [key, shape] of Object.entries(shapes)) {
      if (!Object.hasOwn(value, key)) {
        if (mayBeAbsent(shape)) continue;
        return `${at}/${key} is missing`;
      }
      const problem = shape(value[key], `${at}/${key}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };

export const recordOf =
  (shape: Shape): Shape =>
  (value, at) => {
    if (!isRecord(value)) return `${at} is no object`;
    for (const [key, each] of Object.entries(value)) {
      const problem = shape(each, `${at}/${key}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };

/** Told apart by `kind`. */
export const tagged =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, at) => {
    if (!isRecord(value)) return `${at} is no object`;
    const { kind } = value;
    const shape = typeof kind === "string" && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined;
    return shape === undefined ? `${at}/kind is none that is known` : shape(value, at);
  };
