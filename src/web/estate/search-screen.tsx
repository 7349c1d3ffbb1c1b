import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Found } from "../../api/index.js";
import { useRead } from "../api/use-read.js";
import { CaseLink } from "../parts/case-link.js";
import { PlainText, Sentence } from "../parts/plain-text.js";
import { Empty, Fault, Waiting } from "../parts/state-blocks.js";
import { EstateHead } from "./estate-head.js";
import { foundKinds, type FindSearch } from "./estate-search.js";

interface FoundList {
  readonly items: readonly Found[];
  readonly more: readonly { readonly kind: string; readonly count: number }[];
  readonly estate: boolean;
}

/** Everything by id or name, and credentials by age and use. */
export function SearchScreen() {
  const search = useSearch({ from: "/estate/search" });
  const kind = search.kind ?? "credential";
  const found = useRead<FoundList>("/search", {
    q: search.q,
    kind,
    olderThanDays: kind === "credential" ? search.age : undefined,
    unusedForDays: kind === "credential" ? search.used : undefined,
    limit: 200,
  });
  const list = found.data?.value;
  const more = list?.more.find((item) => item.kind === kind)?.count ?? 0;
  return (
    <>
      <EstateHead
        title="Search"
        lead={list === undefined ? undefined : `${String(list.items.length + more)} ${plural(kind)} match`}
      />
      <Filters search={search} kind={kind} />
      {list?.estate === false ? (
        <p role="status">The estate is not ready yet: only what is stored was searched.</p>
      ) : undefined}
      {found.isError ? (
        <Fault error={found.error} what="could not search" retry={() => void found.refetch()} />
      ) : list === undefined ? (
        <Waiting what="what matches" rows={10} />
      ) : list.items.length === 0 ? (
        <Empty title="Nothing matches." />
      ) : (
        <FoundTable items={list.items} kind={kind} />
      )}
      {more === 0 ? undefined : <p className="meta">{more} more beyond the limit: add a word</p>}
    </>
  );
}

function Filters({ search, kind }: { readonly search: FindSearch; readonly kind: string }) {
  const navigate = useNavigate({ from: "/estate/search" });
  const [text, setText] = useState(search.q ?? "");
  const pick = (change: FindSearch) => {
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  };
  const settle = useDebouncedCallback(pick, 250);
  const days = (value: number | string) => (typeof value === "number" ? value : undefined);
  return (
    <div className="tools" role="search">
      <NativeSelect
        size="xs"
        label="Kind"
        value={kind}
        data={foundKinds.map((value) => ({ value, label: plural(value) }))}
        onChange={(event) => {
          pick({ kind: foundKinds.find((value) => value === event.currentTarget.value) });
        }}
      />
      <TextInput
        size="xs"
        className="wide"
        label="Name or id"
        value={text}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setText(value);
          settle({ q: value.trim() === "" ? undefined : value.trim() });
        }}
      />
      {kind === "credential" ? (
        <>
          <NumberInput
            size="xs"
            label="Older than, days"
            min={0}
            hideControls
            value={search.age ?? ""}
            onChange={(value) => {
              settle({ age: days(value) });
            }}
          />
          <NumberInput
            size="xs"
            label="Not used for, days"
            min={0}
            hideControls
            value={search.used ?? ""}
            onChange={(value) => {
              settle({ used: days(value) });
            }}
          />
        </>
      ) : undefined}
    </div>
  );
}

function FoundTable({ items, kind }: { readonly items: readonly Found[]; readonly kind: string }) {
  const credentials = kind === "credential";
  return (
    <div className="table-frame">
      <table className="table">
        <thead>
          <tr>
            <th>Name</th>
            <th>{credentials ? "Holder" : "What"}</th>
            <th>Account</th>
            {credentials ? (
              <>
                <th>State</th>
                <th className="number">Age</th>
                <th>Last used</th>
                <th className="number">Copies</th>
              </>
            ) : undefined}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={`${item.kind} ${item.id}`}>
              <td>
                <FoundLink item={item} />
              </td>
              <td>
                <Sentence text={item.credential?.holder ?? item.detail ?? item.kind} />
                {item.credential === undefined ? undefined : (
                  <div className="meta">{item.credential.kind}</div>
                )}
              </td>
              <td>
                {item.accountName ??
                  (item.account === undefined ? "–" : `…${item.account.slice(-4)} (unnamed)`)}
              </td>
              {credentials ? <CredentialCells credential={item.credential} /> : undefined}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CredentialCells({ credential }: { readonly credential: Found["credential"] }) {
  if (credential === undefined) return <td colSpan={4}>–</td>;
  return (
    <>
      <td>{credential.active === "unknown" ? "not known" : credential.active ? "active" : "inactive"}</td>
      <td className="number">{credential.ageDays === undefined ? "–" : `${String(credential.ageDays)} d`}</td>
      <td className="tight">
        {credential.neverUsed === true ? "never" : (credential.lastUsedAt?.slice(0, 10) ?? "nobody says")}
      </td>
      <td className="number">{credential.copies}</td>
    </>
  );
}

function FoundLink({ item }: { readonly item: Found }) {
  if (item.kind === "case") return <CaseLink id={item.id} />;
  if (item.kind === "identity")
    return (
      <Link to="/estate/reach" search={{ principal: item.id }}>
        <PlainText text={item.name} />
      </Link>
    );
  if (item.kind === "resource")
    return (
      <Link to="/estate/who-can" search={{ resource: item.id }}>
        <PlainText text={item.name} />
      </Link>
    );
  return <PlainText text={item.name} />;
}

const plural = (kind: string): string =>
  kind === "identity" ? "identities" : kind === "person" ? "people" : `${kind}s`;
