import { Autocomplete } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Found } from "../../api/index.js";
import { visible } from "../../report/index.js";
import { useRead } from "../api/use-read.js";

interface ThingInputProps {
  readonly label: string;
  readonly kind: "identity" | "resource" | "credential";
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder: string;
}

/** A field for an id, an ARN or a name, with what the estate has of that kind. Typing only looks names up. */
export function ThingInput({ label, kind, value, onChange, placeholder }: ThingInputProps) {
  const [q] = useDebouncedValue(value, 200);
  const found = useRead<{ readonly items: readonly Found[] }>(
    "/search",
    { q, kind, limit: 8 },
    { when: q.length >= 2, fresh: 60_000 },
  );
  const names = (found.data?.value.items ?? []).map(({ id }) => visible(id));
  return (
    <Autocomplete
      label={label}
      value={value}
      onChange={onChange}
      placeholder={placeholder}
      data={[...new Set(names)]}
      filter={({ options }) => options}
      size="sm"
      className="estate-thing"
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
