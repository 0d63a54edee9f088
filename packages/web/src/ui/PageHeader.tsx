import { useRouterState } from "@tanstack/react-router";
import { type ReactNode, use, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { PageNamed } from "./page-named.ts";

type Props = {
	/** Document title; the heading itself when it is text. */
	title: string;
	heading?: ReactNode;
	crumbs?: ReactNode[];
	actions?: ReactNode;
	children?: ReactNode;
	/** Nothing to come back to: something went wrong. */
	isFailure?: boolean;
};

/** Where one is: crumbs, name, and what can be done with it. */
export function PageHeader({ title, heading, crumbs = [], actions, children, isFailure = false }: Props): ReactNode {
	const { t } = useTranslation();
	const tell = use(PageNamed);
	// Not the address that the reader is on the way to: this page is still the old one then.
	const href = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.href });
	useEffect(
		() => (href === undefined || isFailure ? undefined : tell({ href, title })),
		[tell, href, title, isFailure],
	);
	return (
		<>
			<title>{`${title} · Keifu`}</title>
			<div className="section">
				{crumbs.length > 0 ? (
					<nav aria-label={t("ui.breadcrumb")}>
						<ol className="crumbs">
							{crumbs.map((crumb, index) => (
								// biome-ignore lint/suspicious/noArrayIndexKey: crumbs are a path; the place is the identity
								<li key={index}>{crumb}</li>
							))}
						</ol>
					</nav>
				) : null}
				<div className="page-head">
					<h1>{heading ?? title}</h1>
					{children}
					{actions ? <div className="actions">{actions}</div> : null}
				</div>
			</div>
		</>
	);
}
