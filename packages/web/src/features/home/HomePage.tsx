import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { entitiesOf, type Viewer, viewerQuery } from "../../app-shell/viewer.queries.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { Section } from "../../ui/Section.tsx";
import { ProjectTable } from "../entity/ProjectTable.tsx";
import { firstArtifactCode } from "./first-artifact-code.ts";
import { homeQuery } from "./home.queries.ts";

function RecentProjects({ viewer }: { viewer: Viewer }): ReactNode {
	const { t } = useTranslation();
	const { data: projects } = useSuspenseQuery(homeQuery(viewer.username ?? viewer.name));
	const entity = entitiesOf(viewer)[0] ?? viewer.name;
	return (
		<Section title={t("home.recent")}>
			{projects.length > 0 ? (
				<ProjectTable label={t("home.recent")} projects={projects} withEntity />
			) : (
				<>
					<EmptyState text={t("home.empty")} code={firstArtifactCode(entity, "my-first-project")} />
					<p>
						<Link to="/authorize" className="link">
							{t("home.connect")}
						</Link>
					</p>
				</>
			)}
		</Section>
	);
}

/** Where one left off: recent projects, one's teams, the registry. */
export function HomePage(): ReactNode {
	const { t } = useTranslation();
	const { data: viewer } = useSuspenseQuery(viewerQuery);
	if (viewer === null) return null;
	return (
		<>
			<PageHeader title={t("nav.home")} />
			<div className="split">
				<RecentProjects viewer={viewer} />
				<div className="stack">
					<Section title={t("nav.entities")}>
						<ul className="file-list">
							{entitiesOf(viewer).map((entity) => (
								<li key={entity}>
									<Link to="/$entity" params={{ entity }} className="link">
										{entity}
									</Link>
									{entity === viewer.entity ? <span className="quiet"> · {t("home.default")}</span> : null}
								</li>
							))}
						</ul>
					</Section>
					{viewer.showsRegistry ? (
						<Section title={t("nav.registry")}>
							<p className="quiet">{t("home.registry")}</p>
							<p>
								<Link to="/registry" className="link">
									{t("home.openRegistry")}
								</Link>
							</p>
						</Section>
					) : null}
				</div>
			</div>
		</>
	);
}
