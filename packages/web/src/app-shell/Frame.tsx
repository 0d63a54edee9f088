import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon.tsx";
import { FrameFoot } from "./FrameFoot.tsx";
import { entitiesOf, viewerQuery } from "./viewer.queries.ts";

function Brand(): ReactNode {
	return (
		<Link to="/" className="brand">
			<img src="/favicon.svg" width="22" height="22" alt="" />
			Keifu
		</Link>
	);
}

function ProjectNav({ entity, project }: { entity: string; project: string }): ReactNode {
	const { t } = useTranslation();
	const params = { entity, project };
	return (
		<nav className="nav-group" aria-label={t("nav.project")}>
			<p className="nav-title">{`${entity}/${project}`}</p>
			<Link to="/$entity/$project" params={params} className="nav-item" activeOptions={{ exact: true }}>
				<Icon name="runs" />
				{t("nav.overviewRuns")}
			</Link>
			<Link to="/$entity/$project/artifacts" params={params} className="nav-item">
				<Icon name="artifact" />
				{t("nav.artifacts")}
			</Link>
		</nav>
	);
}

function EntityNav({ entities }: { entities: string[] }): ReactNode {
	const { t } = useTranslation();
	return (
		<nav className="nav-group" aria-label={t("nav.entities")}>
			<p className="nav-title">{t("nav.entities")}</p>
			{entities.map((entity) => (
				<Link
					key={entity}
					to="/$entity"
					params={{ entity }}
					className="nav-item"
					activeOptions={{ exact: true }}
					activeProps={{ className: "active" }}
				>
					<Icon name="team" />
					{entity}
				</Link>
			))}
		</nav>
	);
}

function Sidebar({ open }: { open: boolean }): ReactNode {
	const { t } = useTranslation();
	const { data: viewer } = useQuery(viewerQuery);
	const { entity, project } = useParams({ strict: false });
	const inRegistry = useLocation({ select: ({ pathname }) => pathname.startsWith("/orgs/") });
	return (
		<aside id="sidebar" className={open ? "sidebar open" : "sidebar"}>
			<Brand />
			<nav className="nav-group" aria-label={t("nav.main")}>
				<Link to="/" className="nav-item" activeOptions={{ exact: true }}>
					<Icon name="home" />
					{t("nav.home")}
				</Link>
			</nav>
			{entity && project ? <ProjectNav entity={entity} project={project} /> : null}
			{viewer?.showsRegistry === false ? null : (
				<nav className="nav-group" aria-label={t("nav.applications")}>
					<p className="nav-title">{t("nav.applications")}</p>
					<Link to="/registry" className={inRegistry ? "nav-item active" : "nav-item"}>
						<Icon name="registry" />
						{t("nav.registry")}
					</Link>
				</nav>
			)}
			{viewer ? <EntityNav entities={entitiesOf(viewer)} /> : null}
			<FrameFoot viewer={viewer ?? null} />
		</aside>
	);
}

/** What stands around every page: the way to everywhere else. */
export function Frame(): ReactNode {
	const { t } = useTranslation();
	const [open, setOpen] = useState(false);
	const { pathname } = useLocation();
	// On a small screen the menu covers the page; going somewhere closes it.
	// biome-ignore lint/correctness/useExhaustiveDependencies: a change of address is the event
	useEffect(() => setOpen(false), [pathname]);
	return (
		<>
			<a href="#main" className="skip">
				{t("nav.skip")}
			</a>
			<div className="topbar">
				<Brand />
				<button
					type="button"
					className="copy"
					aria-label={t("nav.menu")}
					aria-expanded={open}
					aria-controls="sidebar"
					onClick={() => setOpen(!open)}
				>
					<Icon name="menu" />
				</button>
			</div>
			<div className="frame">
				<Sidebar open={open} />
				<main id="main" className="page" tabIndex={-1}>
					<Outlet />
				</main>
			</div>
		</>
	);
}
