import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

type Props = {
	/** The user or team name, which is an address, too. */
	name: string;
	/** What stands below it: an address, another name. */
	under?: ReactNode;
	kind?: "user" | "team";
	children?: ReactNode;
};

/** Somebody, or a team, in a list: a letter, the name, what is known besides. */
export function Who({ name, under, kind = "user", children }: Props): ReactNode {
	return (
		<span className="who">
			<span className="avatar" data-kind={kind} aria-hidden="true">
				{name.slice(0, 2)}
			</span>
			<span>
				<span className="who-line">
					<Link to="/$entity" params={{ entity: name }} className="link">
						{name}
					</Link>
					{children}
				</span>
				{under ? <span className="under">{under}</span> : null}
			</span>
		</span>
	);
}
