import { Fragment, type ReactNode } from "react";

export type Fact = { name: string; value: ReactNode };

/** Names and values; what has no value is left out. */
export function Facts({ facts }: { facts: Fact[] }): ReactNode {
	return (
		<dl className="facts">
			{facts
				.filter(({ value }) => value !== null && value !== undefined && value !== "")
				.map(({ name, value }) => (
					<Fragment key={name}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</Fragment>
				))}
		</dl>
	);
}
