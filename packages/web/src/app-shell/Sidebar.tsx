import { useQuery } from "@tanstack/react-query";
import { Link, useLocation, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { EntityProjects } from "./EntityProjects.tsx";
import { FrameFoot } from "./FrameFoot.tsx";
import { openOverlay, toggleSidebar } from "./shell-state.ts";
import { paletteKeys } from "./shortcuts.ts";
import { viewerQuery } from "./viewer.queries.ts";

/** The name of the product, and the way home. */
export function Brand(): ReactNode {
	return (
		<Link to="/" className="brand" aria-label="Keifu">
			<img src="/favicon.svg" width="22" height="22" alt="" />
			<span className="nav-text">Keifu</span>
		</Link>
	);
}

function NavText({ icon, text }: { icon: IconName; text: string }): ReactNode {
	return (
		<>
			<Icon name={icon} />
			<span className="nav-text">{text}</span>
		</>
	);
}

function ProjectNav({ entity, project }: { entity: string; project: string }): ReactNode {
	const { t } = useTranslation();
	const { run } = useParams({ strict: false });
	const inRuns = run !== undefined;
	const params = { entity, project };
	return (
		<nav className="nav-group here" aria-label={t("nav.project")}>
			<p className="nav-title">{`${entity}/${project}`}</p>
			<Link to="/$entity/$project/overview" params={params} className="nav-item" title={t("project.overview")}>
				<NavText icon="overview" text={t("project.overview")} />
			</Link>
			<Link
				to="/$entity/$project"
				params={params}
				className={inRuns ? "nav-item active" : "nav-item"}
				title={t("project.runs")}
				activeOptions={{ exact: true, includeSearch: false }}
			>
				<NavText icon="runs" text={t("project.runs")} />
			</Link>
			<Link to="/$entity/$project/sweeps" params={params} className="nav-item" title={t("project.sweeps")}>
				<NavText icon="sweep" text={t("project.sweeps")} />
			</Link>
			<Link to="/$entity/$project/artifacts" params={params} className="nav-item" title={t("nav.artifacts")}>
				<NavText icon="artifact" text={t("nav.artifacts")} />
			</Link>
		</nav>
	);
}

function SearchButton(): ReactNode {
	const { t } = useTranslation();
	return (
		<button
			type="button"
			className="nav-item search-button"
			title={t("palette.title")}
			aria-keyshortcuts="Control+K Meta+K"
			onClick={() => openOverlay("palette")}
		>
			<NavText icon="search" text={t("shell.search")} />
			<kbd>{paletteKeys}</kbd>
		</button>
	);
}

/** The registries and their settings; those of the organisation and of its teams are beside them under `/orgs`. */
const registryAddress = /^\/orgs\/[^/]+\/registry(\/|$)/;

/** The way to everywhere else: search, home, the registry, a project's parts, a team's projects. */
export function Sidebar({ open }: { open: boolean }): ReactNode {
	const { t } = useTranslation();
	const { data: viewer } = useQuery(viewerQuery);
	const { entity, project } = useParams({ strict: false });
	const inRegistry = useLocation({ select: ({ pathname }) => registryAddress.test(pathname) });
	return (
		<aside id="sidebar" className={open ? "sidebar open" : "sidebar"}>
			<div className="sidebar-head">
				<Brand />
				<button
					type="button"
					className="copy collapse"
					aria-label={t("shell.toggleSidebar")}
					title={`${t("shell.toggleSidebar")} ([)`}
					onClick={toggleSidebar}
				>
					<Icon name="sidebar" />
				</button>
			</div>
			{viewer ? <SearchButton /> : null}
			<nav className="nav-group" aria-label={t("nav.main")}>
				<Link to="/" className="nav-item" title={t("nav.home")} activeOptions={{ exact: true }}>
					<NavText icon="home" text={t("nav.home")} />
				</Link>
			</nav>
			{entity && project ? <ProjectNav entity={entity} project={project} /> : null}
			{viewer?.showsRegistry === false ? null : (
				<nav className="nav-group" aria-label={t("nav.applications")}>
					<p className="nav-title">{t("nav.applications")}</p>
					<Link
						to="/registry"
						className={inRegistry ? "nav-item active" : "nav-item"}
						title={t("nav.registry")}
						{...(inRegistry ? { "aria-current": true } : {})}
					>
						<NavText icon="registry" text={t("nav.registry")} />
					</Link>
				</nav>
			)}
			{viewer ? <EntityProjects viewer={viewer} /> : null}
			<FrameFoot viewer={viewer ?? null} />
		</aside>
	);
}
