import { useSuspenseInfiniteQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ProjectFrame } from "../project/ProjectHead.tsx";
import { projectQuery } from "../project/project.queries.ts";
import { SweepTable } from "./SweepTable.tsx";
import { projectSweepsQuery } from "./sweep.queries.ts";

const route = getRouteApi("/frame/$entity/$project/sweeps");

function firstSweepCode(entity: string, project: string): string {
	return `import wandb

sweep_id = wandb.sweep(
    {
        "method": "grid",
        "metric": {"name": "loss", "goal": "minimize"},
        "parameters": {"lr": {"values": [0.001, 0.01, 0.1]}},
    },
    entity=${JSON.stringify(entity)},
    project=${JSON.stringify(project)},
)
print(sweep_id)`;
}

/** The sweeps of a project, newest first. */
export function SweepsPage(): ReactNode {
	const { t } = useTranslation();
	const params = route.useParams();
	const { data: project } = useSuspenseQuery(projectQuery(params));
	const sweeps = useSuspenseInfiniteQuery(projectSweepsQuery(params));
	const rows = nodesOfPages(sweeps.data.pages);
	return (
		<ProjectFrame project={project} tab="sweeps">
			{rows.length === 0 ? (
				<EmptyState text={t("sweep.none")} code={firstSweepCode(project.entityName, project.name)} />
			) : (
				<SweepTable entity={project.entityName} project={project.name} sweeps={rows} more={sweeps} />
			)}
		</ProjectFrame>
	);
}
