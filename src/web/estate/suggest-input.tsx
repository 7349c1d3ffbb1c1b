import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useId } from "react";
import type { Found } from "../../api/index.js";
import { useRead } from "../api/use-read.js";

interface SuggestInputProps {
  readonly label: string;
  readonly placeholder: string;
  readonly kind: "identity" | "resource";
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A name or id with what the estate has of that kind on offer. Typing asks for names only, never the question itself. */
export function SuggestInput({ label, placeholder, kind, value, onChange }: SuggestInputProps) {
  const id = useId();
  const [settled] = useDebouncedValue(value, 200);
  const found = useRead<{ readonly items: readonly Found[] }>(
    "/search",
    { q: settled === "" ? undefined : settled, kind, limit: 12 },
    { fresh: 60_000 },
  );
  return (
    <>
      <TextInput
        size="sm"
        className="wide"
        label={label}
        placeholder={placeholder}
        list={id}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
      <datalist id={id}>
        {found.data?.value.items.map((item) => (
          <option key={item.id} value={item.id}>
            {item.name}
          </option>
        ))}
      </datalist>
    </>
  );
}
