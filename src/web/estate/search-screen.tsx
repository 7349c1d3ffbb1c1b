import { NativeSelect, TextInput } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Found } from "../../api/index.js";
import { count, shortName } from "../../report/index.js";
import { useRead } from "../api/use-read.js";
import { PlainText } from "../parts/plain-text.js";
import { Narrowed } from "../parts/narrowed.js";
import { Empty, Fault, NothingYet, useAnalysed, Waiting } from "../parts/state-blocks.js";
import { EstateHead } from "./estate-head.js";
import type { EstateKind, FindSearch } from "./estate-search.js";

interface FoundAnswer {
  readonly items: readonly Found[];
  readonly more: readonly { readonly kind: string; readonly count: number }[];
  readonly estate: boolean;
  readonly narrowed?: true;
}

const days = [
  { value: "", label: "any" },
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "a year" },
];

/** Identities, credentials by age and use, and resources. */
export function SearchScreen() {
  const search = useSearch({ from: "/estate/search" });
  const kind = search.kind ?? "credential";
  const found = useRead<FoundAnswer>("/search", {
    kind,
    q: search.q,
    limit: 200,
    ...(kind === "credential" ? { olderThanDays: search.age, unusedForDays: search.unused } : {}),
  });
  return (
    <>
      <EstateHead title="Search the estate" />
      <Filters search={search} kind={kind} />
      {found.isError ? (
        <Fault error={found.error} what="could not search the estate" retry={() => void found.refetch()} />
      ) : undefined}
      {found.isPending ? <Waiting what="the estate" rows={10} /> : undefined}
      <Narrowed is={found.data?.value.narrowed} />
      {found.data === undefined ? undefined : <Rows answer={found.data.value} kind={kind} />}
    </>
  );
}

function Filters({ search, kind }: { readonly search: FindSearch; readonly kind: string }) {
  const navigate = useNavigate({ from: "/estate/search" });
  const change = (changed: Partial<Record<keyof FindSearch, string | number>>): void =>
    void navigate({ search: (old) => stated({ ...old, ...changed }), replace: true });
  return (
    <div className="tools">
      <NativeSelect
        label="List"
        size="sm"
        value={kind}
        data={[
          { value: "credential", label: "credentials" },
          { value: "identity", label: "identities" },
          { value: "resource", label: "resources" },
        ]}
        onChange={(event) => change({ kind: event.currentTarget.value })}
      />
      <TextInput
        label="With this in its id or name"
        size="sm"
        value={search.q ?? ""}
        onChange={(event) => change({ q: event.currentTarget.value })}
      />
      {kind === "credential" ? (
        <>
          <NativeSelect
            label="At least so old"
            size="sm"
            data={days}
            value={search.age === undefined ? "" : String(search.age)}
            onChange={(event) => change({ age: Number(event.currentTarget.value) })}
          />
          <NativeSelect
            label="No use known for"
            size="sm"
            data={days}
            value={search.unused === undefined ? "" : String(search.unused)}
            onChange={(event) => change({ unused: Number(event.currentTarget.value) })}
          />
        </>
      ) : undefined}
    </div>
  );
}

function stated(search: Readonly<Record<string, unknown>>): FindSearch {
  const kept = Object.entries(search).filter(
    ([, value]) => value !== undefined && value !== "" && value !== 0,
  );
  return Object.fromEntries(kept);
}

function Rows({ answer, kind }: { readonly answer: FoundAnswer; readonly kind: EstateKind }) {
  const analysed = useAnalysed();
  if (analysed === false)
    return (
      <NothingYet>
        Identities, credentials by age and use, and resources are listed out of an estate.
      </NothingYet>
    );
  if (!answer.estate)
    return <Empty title="The estate is being read: what it holds is listed as soon as it is there." />;
  if (answer.items.length === 0)
    return (
      <Empty
        title={
          answer.narrowed === true
            ? `No ${kind} that your teams answer for matches.`
            : `No ${kind} of the estate matches.`
        }
      />
    );
  const more = answer.more.find((other) => other.kind === kind)?.count ?? 0;
  const credentials = kind === "credential";
  return (
    <>
      <p className="meta">
        {count(answer.items.length)}{" "}
        {more === 0 ? "found" : `of ${count(answer.items.length + more)} shown: narrow the search`}
      </p>
      <div className="table-frame">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">{credentials ? "Kind, holder" : "Kind"}</th>
              <th scope="col">Account</th>
              {credentials ? (
                <>
                  <th scope="col" className="number">
                    Age
                  </th>
                  <th scope="col">Last used</th>
                  <th scope="col" className="number">
                    Copies
                  </th>
                </>
              ) : undefined}
            </tr>
          </thead>
          <tbody>
            {answer.items.map((item) => (
              <Row key={item.id} item={item} kind={kind} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ item, kind }: { readonly item: Found; readonly kind: EstateKind }) {
  const { credential } = item;
  return (
    <tr>
      <td>
        {kind === "identity" ? (
          <Link to="/estate/reach" search={{ principal: item.id }} className="plain">
            <PlainText text={item.name} />
          </Link>
        ) : (
          <PlainText text={credential === undefined ? item.name : shortName(item.name)} />
        )}
      </td>
      <td>
        {credential === undefined ? (
          <PlainText text={item.detail ?? ""} />
        ) : (
          <>
            {credential.kind.replaceAll("-", " ")} of{" "}
            <Link to="/estate/reach" search={{ principal: credential.holder }} className="plain">
              <PlainText text={holderName(credential.holder)} />
            </Link>
            {credential.active === false
              ? ", inactive"
              : credential.active === "unknown"
                ? ", perhaps active"
                : ""}
          </>
        )}
      </td>
      <td>
        <PlainText text={item.accountName ?? item.account ?? ""} />
      </td>
      {credential === undefined ? undefined : (
        <>
          <td className="number">
            {credential.ageDays === undefined ? "unknown" : `${count(credential.ageDays)} d`}
          </td>
          <td className="tight">
            {credential.neverUsed === true ? "never" : (credential.lastUsedAt?.slice(0, 10) ?? "nobody says")}
          </td>
          <td className="number">{credential.copies}</td>
        </>
      )}
    </tr>
  );
}

/** The number of its account is not said twice: the next column names the account. */
const holderName = (holder: string): string =>
  /^arn:[^:]*:iam::\d{12}:root$/u.test(holder) ? "root" : shortName(holder);
