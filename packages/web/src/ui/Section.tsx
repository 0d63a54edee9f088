import type { ReactNode } from "react";

/** A titled part of a page, with how many things it holds. */
export function Section({ title, count, children }: { title: string; count?: number; children: ReactNode }): ReactNode {
	return (
		<section className="section">
			<header>
				<h2>{title}</h2>
				{count === undefined ? null : <span className="count">{count}</span>}
			</header>
			{children}
		</section>
	);
}
