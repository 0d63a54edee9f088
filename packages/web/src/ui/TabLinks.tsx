import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";

export type TabLink = { id: string; title: string; link: LinkProps };

/** Tabs that are addresses: each can be opened, shared and gone back to. */
export function TabLinks({ tabs, current, label }: { tabs: TabLink[]; current: string; label: string }): ReactNode {
	return (
		<nav className="tabs" aria-label={label}>
			{tabs.map(({ id, title, link }) => (
				<Link
					key={id}
					{...link}
					className="tab"
					activeOptions={{ exact: true }}
					aria-current={id === current ? "page" : undefined}
					resetScroll={false}
				>
					{title}
				</Link>
			))}
		</nav>
	);
}
