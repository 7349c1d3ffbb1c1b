type Writable<Value> = Value extends readonly (infer Item)[]
  ? Writable<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Writable<Value[Key]> }
    : Value;

/** What is written out as JSON is nobody's to change any more. */
export const plainly = <Value>(value: Value): Writable<Value> => value as Writable<Value>;
