import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Props = {
	/** Document title; the heading itself when it is text. */
	title: string;
	heading?: ReactNode;
	crumbs?: ReactNode[];
	actions?: ReactNode;
	children?: ReactNode;
};

/** Where one is: crumbs, name, and what can be done with it. */
export function PageHeader({ title, heading, crumbs = [], actions, children }: Props): ReactNode {
	const { t } = useTranslation();
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
