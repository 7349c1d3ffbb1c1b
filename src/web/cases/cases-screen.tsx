import { useQuery } from "@tanstack/react-query";
import { read } from "../api/client.js";
import { apiPath } from "../api/path.js";

interface Line {
  readonly id: string;
  readonly title: string;
  readonly words: string;
}

export function CasesScreen() {
  const cases = useQuery({
    queryKey: ["cases"],
    queryFn: ({ signal }) => read<{ readonly items: readonly Line[] }>(apiPath("/cases"), signal),
  });
  if (cases.isPending) return <p>reading cases</p>;
  if (cases.isError) return <p role="alert">{cases.error.message}</p>;
  return (
    <>
      <h1 tabIndex={-1}>Cases</h1>
      <ul>
        {cases.data.value.items.map((line) => (
          <li key={line.id}>
            {line.id} {line.title} {line.words}
          </li>
        ))}
      </ul>
    </>
  );
}
