import { Link } from "@tanstack/react-router";
import { IconListDetails } from "@tabler/icons-react";

export function Nav() {
  return (
    <nav className="shell-nav" aria-label="Screens">
      <Link to="/cases">
        <IconListDetails size={16} stroke={1.5} aria-hidden />
        <span className="name">Cases</span>
      </Link>
    </nav>
  );
}
