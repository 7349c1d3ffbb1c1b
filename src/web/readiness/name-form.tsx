import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import type { CatalogueCheck } from "../../api/index.js";
import { ProblemError, read, send } from "../api/client.js";
import { apiPath } from "../api/path.js";
import { AuthorityBadge } from "../parts/authority-badge.js";
import { useNow } from "../parts/now.js";
import { PersonInput } from "../parts/person-input.js";
import { PlainText, Sentence } from "../parts/plain-text.js";
import { Refusal } from "../parts/refusal.js";
import { withNamed } from "./name-in-catalogue.js";
import { isAuthority } from "./nameable.js";

interface NameFormProps {
  readonly workload: string;
  readonly name: string;
  readonly duty: string;
}

/** What was asked about: the text that would be saved, the version it was made from, and what would be otherwise. */
interface Tried {
  readonly text: string;
  readonly etag: string;
  readonly check: CatalogueCheck;
  readonly person: string;
}

const year = 365 * 86_400_000;

/** Names somebody for one duty of one workload: first whether they technically can, then under one's own name. */
export function NameForm({ workload, name, duty }: NameFormProps) {
  const queries = useQueryClient();
  const now = useNow();
  const [person, setPerson] = useState("");
  const [deputy, setDeputy] = useState("");
  const [until, setUntil] = useState(() => new Date(Date.parse(now) + year).toISOString().slice(0, 10));
  const tried = useMutation({
    mutationFn: async (): Promise<Tried> => {
      const held = await read<string>(apiPath("/catalogue")).catch((error: unknown) => {
        if (error instanceof ProblemError && error.status === 404) return { value: "", etag: '"0"' };
        throw error;
      });
      const text = withNamed(held.value, {
        workload,
        duty,
        person: person.trim(),
        ...(deputy.trim() === "" ? {} : { deputy: deputy.trim() }),
        ...(isAuthority(duty) ? { until } : {}),
      });
      if (text === undefined)
        throw new Error("the catalogue in force is not read as YAML: mend it there first");
      const { value } = await send<CatalogueCheck>(apiPath("/catalogue/check"), {
        method: "POST",
        body: text,
        type: "application/yaml",
      });
      return { text, etag: held.etag ?? '"0"', check: value, person: person.trim() };
    },
  });
  const save = useMutation({
    mutationFn: ({ text, etag }: Tried) =>
      send<{ readonly version: number }>(apiPath("/catalogue"), {
        method: "PUT",
        body: text,
        type: "application/yaml",
        ifMatch: etag,
      }),
    onSuccess: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" }),
  });
  const ask = (event: SubmitEvent): void => {
    event.preventDefault();
    save.reset();
    tried.mutate();
  };
  const changed = (): void => tried.reset();
  const behind = save.error instanceof ProblemError && save.error.status === 412;
  if (save.isSuccess)
    return (
      <p role="status" className="saved">
        Version {save.data.value.version} is in force. The map follows.
      </p>
    );
  return (
    <form className="name-form" onSubmit={ask} aria-label={`Name somebody for ${name}, ${duty}`}>
      <h3 className="label">Name somebody</h3>
      <PersonInput
        label="Who"
        value={person}
        onChange={(id) => {
          setPerson(id);
          changed();
        }}
      />
      <PersonInput
        label="Deputy (may stay empty)"
        value={deputy}
        onChange={(id) => {
          setDeputy(id);
          changed();
        }}
      />
      {isAuthority(duty) ? (
        <TextInput
          type="date"
          label="Until"
          value={until}
          onChange={(event) => {
            setUntil(event.currentTarget.value);
            changed();
          }}
        />
      ) : null}
      <Button
        type="submit"
        size="compact-sm"
        variant="default"
        disabled={person.trim() === "" || (isAuthority(duty) && until === "")}
        loading={tried.isPending}
      >
        See whether they can
      </Button>
      {tried.error === null ? null : <Refusal error={tried.error} />}
      {tried.data === undefined ? null : (
        <>
          <Would tried={tried.data} workload={workload} duty={duty} />
          <Button
            size="compact-sm"
            disabled={!tried.data.check.valid}
            loading={save.isPending}
            onClick={() => save.mutate(tried.data)}
          >
            Save under your name
          </Button>
        </>
      )}
      {save.error === null ? null : behind ? (
        <p role="alert">
          Somebody saved another version meanwhile. Nothing of theirs was overwritten and what you chose is
          kept: see again whether they can, and save.
        </p>
      ) : (
        <Refusal error={save.error} />
      )}
    </form>
  );
}

interface WouldProps {
  readonly tried: Tried;
  readonly workload: string;
  readonly duty: string;
}

/** Before anything is saved: can, cannot or not known, with what stops them, and what else would be otherwise. */
function Would({ tried: { check, person }, workload, duty }: WouldProps) {
  if (!check.valid)
    return (
      <ul className="plain" role="alert">
        {check.problems.slice(0, 4).map(({ reason, hint }) => (
          <li key={reason}>
            <PlainText text={reason} />
            {hint === undefined ? null : <span className="meta"> {hint}</span>}
          </li>
        ))}
      </ul>
    );
  const { effect } = check;
  if (effect === undefined)
    return <p role="status">Nothing was analysed yet: whether they can is not known.</p>;
  const cell = effect.cells.find((one) => one.workload === workload && one.duty === duty)?.after;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  return (
    <div role="status" className="name-would">
      {cell === undefined ? (
        <p>Nothing of this duty would be otherwise.</p>
      ) : cell.authority === undefined ? (
        <p>
          <PlainText text={cell.who ?? person} />: this duty takes no call, so nothing technical stops them.
        </p>
      ) : (
        <>
          <p>
            <PlainText text={cell.who ?? person} /> <AuthorityBadge authority={cell.authority} deed="do it" />
          </p>
          {cell.authority.verdict === "can" ? null : (
            <ul className="plain">
              {cell.authority.proof.slice(0, 3).map((line) => (
                <li key={line}>
                  <Sentence text={line} />
                </li>
              ))}
            </ul>
          )}
        </>
      )}
      <p className="meta">
        Coverage {percent(effect.coverage.before)}, then {percent(effect.coverage.after)};{" "}
        {effect.cells.length} {effect.cells.length === 1 ? "duty" : "duties"} and {effect.cases.length}{" "}
        {effect.cases.length === 1 ? "case" : "cases"} would be otherwise.
      </p>
    </div>
  );
}
