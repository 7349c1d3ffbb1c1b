import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import { ThingInput } from "../../parts/thing-input.js";
import { PlainText } from "../../parts/plain-text.js";
import { changeKinds, composed, type ChangeField, type JsonChange } from "./change-kinds.js";
import { pastedOf, type Asked } from "./use-what-if.js";

/** Any change that the what-if takes, field by field. */
export function ChangeForm({ onAdd }: { readonly onAdd: (change: JsonChange) => void }) {
  const [chosen, setChosen] = useState(changeKinds[0]?.kind ?? "");
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [wrong, setWrong] = useState<string>();
  const kind = changeKinds.find((one) => one.kind === chosen);
  if (kind === undefined) return null;
  const add = (event: SubmitEvent): void => {
    event.preventDefault();
    const made = composed(kind, typed);
    if (made.kind === "wrong") {
      setWrong(made.text);
      return;
    }
    setWrong(undefined);
    setTyped({});
    onAdd(made.change);
  };
  return (
    <form className="what-if-form" onSubmit={add}>
      <NativeSelect
        label="Change"
        value={chosen}
        data={changeKinds.map(({ kind: value, label }) => ({ value, label }))}
        onChange={(event) => {
          setChosen(event.currentTarget.value);
          setWrong(undefined);
        }}
      />
      {kind.fields.map((field) => (
        <Field
          key={`${chosen} ${field.name}`}
          field={field}
          value={typed[field.name] ?? ""}
          onChange={(value) => setTyped((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      {wrong === undefined ? null : (
        <p className="what-if-wrong" role="alert">
          <PlainText text={wrong} />
        </p>
      )}
      <Button type="submit" size="compact-sm" variant="default">
        Add this change
      </Button>
    </form>
  );
}

interface FieldProps {
  readonly field: ChangeField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Field({ field: { label, thing, as, optional, example }, value, onChange }: FieldProps) {
  const name = optional === true ? `${label} (may stay empty)` : label;
  if (thing !== undefined)
    return (
      <ThingInput
        label={name}
        kind={thing}
        value={value}
        onChange={onChange}
        placeholder={example ?? "id or ARN"}
      />
    );
  const shared = {
    label: name,
    value,
    maxLength: 20_000,
    ...(example === undefined ? {} : { placeholder: example }),
  };
  return as === "object" ? (
    <Textarea {...shared} rows={4} onChange={(event) => onChange(event.currentTarget.value)} />
  ) : (
    <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

interface PasteProps {
  readonly onChanges: (changes: readonly JsonChange[]) => void;
  readonly onDocument: (document: Asked) => void;
}

/** A change document, or a plan that Terraform printed. */
export function PasteForm({ onChanges, onDocument }: PasteProps) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string>();
  const ask = (event: SubmitEvent): void => {
    event.preventDefault();
    const pasted = pastedOf(text);
    setWrong(pasted.kind === "wrong" ? pasted.text : undefined);
    if (pasted.kind === "changes") onChanges(pasted.changes);
    if (pasted.kind === "document") onDocument(pasted.document);
  };
  return (
    <form className="what-if-form" onSubmit={ask}>
      <Textarea
        label="remit.change/1, or a Terraform plan as JSON"
        value={text}
        rows={6}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {wrong === undefined ? null : (
        <p className="what-if-wrong" role="alert">
          <PlainText text={wrong} />
        </p>
      )}
      <Button type="submit" size="compact-sm" variant="default" disabled={text.trim() === ""}>
        Ask about it
      </Button>
    </form>
  );
}
