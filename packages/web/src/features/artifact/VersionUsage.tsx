import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { nodesOfPages } from "../../graphql-client.ts";
import { CodeBlock } from "../../ui/CodeBlock.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { Section } from "../../ui/Section.tsx";
import { StateBadge } from "../../ui/StateBadge.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { RunLink } from "../run/RunLink.tsx";
import { PersonLink } from "./CreatorName.tsx";
import { apiCode, cliCode, runCode } from "./usage-code.ts";
import { useRunHome } from "./use-run-home.ts";
import { consumersQuery, type Version } from "./version.queries.ts";

/** The runs that used the version, newest first as the server has them. */
function Consumers({ artifact }: { artifact: Version }): ReactNode {
	const { t } = useTranslation();
	const consumers = useSuspenseInfiniteQuery(consumersQuery(artifact.id));
	const runs = nodesOfPages(consumers.data.pages);
	const total = consumers.data.pages[0]?.totalCount ?? runs.length;
	return (
		<Section title={t("usage.consumers")} count={total}>
			{runs.length === 0 ? (
				<p className="quiet">{t("usage.noConsumers")}</p>
			) : (
				<DataTable
					label={t("usage.consumers")}
					rows={runs}
					rowKey={({ id }) => id}
					more={consumers}
					columns={[
						{
							id: "run",
							title: t("run.name"),
							kind: "main",
							cell: (run) => <RunLink entity={run.project.entityName} project={run.project.name} run={run} />,
						},
						{
							id: "project",
							title: t("nav.project"),
							wideOnly: true,
							cell: ({ project }) => `${project.entityName}/${project.name}`,
						},
						{ id: "job", title: t("run.jobType"), wideOnly: true, cell: ({ jobType }) => jobType },
						{ id: "state", title: t("run.state"), kind: "tight", cell: ({ state }) => <StateBadge state={state} /> },
						{ id: "user", title: t("run.user"), wideOnly: true, cell: ({ user }) => <PersonLink person={user} /> },
						{
							id: "started",
							title: t("run.started"),
							kind: "tight",
							cell: ({ createdAt }) => <TimeText at={createdAt} />,
						},
					]}
				/>
			)}
		</Section>
	);
}

/** How code gets at the version, each piece running as it stands; and which runs did. */
export function VersionUsage({ fullName, artifact }: { fullName: string; artifact: Version }): ReactNode {
	const { t } = useTranslation();
	const home = useRunHome(artifact.artifactSequence.project);
	return (
		<>
			<Section title={t("usage.inRun")}>
				<p className="quiet">{t("usage.inRunHint")}</p>
				<CodeBlock code={runCode(fullName, home)} label={t("usage.inRun")} />
			</Section>
			<div className="split even">
				<Section title={t("usage.withoutRun")}>
					<CodeBlock code={apiCode(fullName)} label={t("usage.withoutRun")} />
				</Section>
				<Section title={t("usage.commandLine")}>
					<CodeBlock code={cliCode(fullName)} label={t("usage.commandLine")} />
				</Section>
			</div>
			<Consumers artifact={artifact} />
		</>
	);
}
