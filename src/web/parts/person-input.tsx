import { Autocomplete } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import type { Found } from "../../api/index.js";
import { useRead } from "../api/use-read.js";
import { PlainText } from "./plain-text.js";

interface PersonInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly first?: boolean;
}

/** A field for somebody of the catalogue: found by name or id, kept as the id. */
export function PersonInput({ label, value, onChange, first }: PersonInputProps) {
  const [q] = useDebouncedValue(value, 150);
  const found = useRead<{ readonly items: readonly Found[] }>(
    "/search",
    { q, kind: "person", limit: 8 },
    { fresh: 60_000 },
  );
  const items = found.data?.value.items ?? [];
  // What was found for the letters before the last ones is not offered for these.
  const typed = value.trim().toLowerCase();
  const names = new Map(
    items
      .filter(({ id, name }) => `${id}\n${name}`.toLowerCase().includes(typed))
      .map(({ id, name }) => [id, name]),
  );
  return (
    <Autocomplete
      {...(first === true ? { "data-autofocus": true } : {})}
      label={label}
      placeholder="name or id, as the catalogue has it"
      value={value}
      onChange={onChange}
      maxLength={300}
      data={[...names.keys()]}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span>
          <PlainText text={names.get(option.value) ?? option.value} />{" "}
          <PlainText text={option.value} className="meta" />
        </span>
      )}
      comboboxProps={{ transitionProps: { duration: 0 } }}
    />
  );
}
