import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ProjectFrame } from "./ProjectHead.tsx";
import { projectQuery } from "./project.queries.ts";
import { RunsTable } from "./RunsTable.tsx";

const route = getRouteApi("/frame/$entity/$project");

function firstRunCode(entity: string, project: string): string {
	return `import random
import wandb

with wandb.init(entity=${JSON.stringify(entity)}, project=${JSON.stringify(project)}, config={"lr": 0.01}) as run:
    for step in range(100):
        run.log({"loss": 1 / (step + 1) + random.random() / 50})`;
}

/** A project: the table of its runs. */
export function ProjectPage(): ReactNode {
	const { t } = useTranslation();
	const { data: project } = useSuspenseQuery(projectQuery(route.useParams()));
	const search = route.useSearch();
	const navigate = route.useNavigate();
	return (
		<ProjectFrame project={project} tab="runs">
			{project.runCount === 0 ? (
				<EmptyState text={t("project.noRuns")} code={firstRunCode(project.entityName, project.name)} />
			) : (
				<RunsTable
					project={project}
					search={search}
					onSearch={(change) =>
						void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false })
					}
				/>
			)}
		</ProjectFrame>
	);
}
