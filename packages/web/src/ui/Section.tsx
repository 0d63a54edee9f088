import type { ReactNode } from "react";

type Props = { title: string; count?: number; actions?: ReactNode; children: ReactNode };

/** A titled part of a page, with how many things it holds. */
export function Section({ title, count, actions, children }: Props): ReactNode {
	return (
		<section className="section">
			<header>
				<h2>{title}</h2>
				{count === undefined ? null : <span className="count">{count}</span>}
				{actions}
			</header>
			{children}
		</section>
	);
}
