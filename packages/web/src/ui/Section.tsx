import type { ReactNode } from "react";

type Props = {
	title: string;
	count?: number | undefined;
	/** What can be done with the whole of it, at the end of its heading. */
	actions?: ReactNode;
	children: ReactNode;
};

/** A titled part of a page, with how many things it holds. */
export function Section({ title, count, actions, children }: Props): ReactNode {
	return (
		<section className="section">
			<header>
				<h2>{title}</h2>
				{count === undefined ? null : <span className="count">{count}</span>}
				{actions ? <div className="section-actions">{actions}</div> : null}
			</header>
			{children}
		</section>
	);
}
