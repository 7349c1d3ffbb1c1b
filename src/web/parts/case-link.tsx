import { Link } from "@tanstack/react-router";

/** The way to a case, by its id. */
export function CaseLink({ id }: { readonly id: string }) {
  const to: string = `/cases/${id}`;
  return (
    <Link to={to} className="case-id plain">
      {id}
    </Link>
  );
}
