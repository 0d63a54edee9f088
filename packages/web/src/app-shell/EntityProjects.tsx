import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/Icon.tsx";
import { MenuButton } from "../ui/MenuButton.tsx";
import { useDebounced } from "../ui/use-debounced.ts";
import { sidebarProjectsQuery } from "./sidebar.queries.ts";
import { entitiesOf, type Viewer } from "./viewer.queries.ts";

const shownAtOnce = 8;

function EntitySwitcher({ viewer, entity }: { viewer: Viewer; entity: string }): ReactNode {
	const { t } = useTranslation();
	const entities = entitiesOf(viewer);
	const personal = viewer.username ?? viewer.name;
	return (
		<MenuButton
			position="bottom-start"
			width={228}
			items={entities.map((name) => ({
				text: name,
				icon: name === personal ? "user" : "team",
				to: `/${encodeURIComponent(name)}`,
				current: name === entity,
			}))}
			button={(props) => (
				<button type="button" className="nav-item switcher" title={entity} {...props}>
					<span aria-hidden="true" className="monogram" data-letter={entity.slice(0, 1).toUpperCase()} />
					<span className="unseen">{`${t("shell.switch")}: `}</span>
					<span className="nav-text">{entity}</span>
					<Icon name="switch" />
				</button>
			)}
		/>
	);
}

function ProjectLinks({ entity }: { entity: string }): ReactNode {
	const { t } = useTranslation();
	const [text, setText] = useState("");
	const [all, setAll] = useState(false);
	const { data } = useQuery(sidebarProjectsQuery(entity, useDebounced(text.trim(), 200)));
	const { data: first } = useQuery(sidebarProjectsQuery(entity, ""));
	const names = data?.names ?? [];
	const shown = all || text !== "" ? names : names.slice(0, shownAtOnce);
	const isMany = (first?.names.length ?? 0) > shownAtOnce || first?.isMore === true;
	return (
		<>
			{isMany ? (
				<input
					type="search"
					className="nav-search"
					aria-label={t("shell.findProject")}
					placeholder={t("shell.findProject")}
					value={text}
					onChange={({ currentTarget }) => setText(currentTarget.value)}
				/>
			) : null}
			{shown.map((project) => (
				<Link
					key={project}
					to="/$entity/$project"
					params={{ entity, project }}
					className="nav-item of-team"
					title={project}
					activeOptions={{ exact: false }}
				>
					<Icon name="project" />
					<span className="nav-text">{project}</span>
				</Link>
			))}
			{text !== "" && data !== undefined && names.length === 0 ? <p className="nav-title">{t("ui.none")}</p> : null}
			{!all && text === "" && names.length > shownAtOnce ? (
				<button type="button" className="nav-item of-team quiet" onClick={() => setAll(true)}>
					<Icon name="chevronDown" />
					<span className="nav-text">{t("shell.moreProjects", { count: names.length - shownAtOnce })}</span>
				</button>
			) : null}
		</>
	);
}

/** Whose projects these are, and the way to another team. */
export function EntityProjects({ viewer }: { viewer: Viewer }): ReactNode {
	const { t } = useTranslation();
	const params = useParams({ strict: false });
	const [last, setLast] = useState<string>();
	// In the registry no team is in the address: the one that one came from stays.
	if (params.entity !== undefined && params.entity !== last) setLast(params.entity);
	const entity = params.entity ?? last ?? entitiesOf(viewer)[0] ?? viewer.name;
	return (
		<nav className="nav-group" aria-label={t("nav.entities")}>
			<EntitySwitcher viewer={viewer} entity={entity} />
			<ProjectLinks key={entity} entity={entity} />
		</nav>
	);
}
