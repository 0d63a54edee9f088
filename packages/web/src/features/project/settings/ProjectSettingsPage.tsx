import { Button, Radio, Stack, TextInput } from "@mantine/core";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../../graphql-client.ts";
import { LineSkeleton } from "../../../ui/LineSkeleton.tsx";
import { Section } from "../../../ui/Section.tsx";
import { useChange } from "../../../ui/use-change.ts";
import { accesses, accessWords } from "../access-words.ts";
import { ProjectFrame } from "../ProjectHead.tsx";
import { ProjectPeople } from "../ProjectPeople.tsx";
import { RenameProjectDocument, SaveProjectDocument } from "../project.graphql.gen.ts";
import { type Project, projectQuery } from "../project.queries.ts";
import { DeleteProject } from "./DeleteProject.tsx";
import { ProjectMembers } from "./ProjectMembers.tsx";
import "./settings.css";

const route = getRouteApi("/frame/$entity/$project/settings");

type Props = { project: Project };

function Rename({ project }: Props): ReactNode {
	const { t } = useTranslation();
	const client = useQueryClient();
	const navigate = route.useNavigate();
	const [name, setName] = useState(project.name);
	const { mutate, isPending } = useChange(
		(to: string) => ask(RenameProjectDocument, { entity: project.entityName, from: project.name, to }),
		{
			stale: [],
			done: (_, to) => ({ text: t("projectSettings.renamed", { name: to }) }),
			onDone: async (_, to) => {
				await navigate({ to: "/$entity/$project/settings", params: { entity: project.entityName, project: to } });
				await client.invalidateQueries();
			},
		},
	);
	const wanted = name.trim();
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (wanted !== "" && wanted !== project.name) mutate(wanted);
	};
	return (
		<Section title={t("projectSettings.name")}>
			<form className="setting" onSubmit={submit}>
				<TextInput
					label={t("projectSettings.newName")}
					description={t("projectSettings.renameWhat")}
					value={name}
					onChange={({ currentTarget }) => setName(currentTarget.value)}
				/>
				<Button type="submit" size="xs" loading={isPending} disabled={wanted === "" || wanted === project.name}>
					{t("projectSettings.rename")}
				</Button>
			</form>
		</Section>
	);
}

function Access({ project }: Props): ReactNode {
	const { t } = useTranslation();
	const [chosen, setChosen] = useState(project.access ?? "");
	const { isTeam } = project.entity;
	const { mutate, isPending } = useChange((access: string) => ask(SaveProjectDocument, { id: project.id, access }), {
		stale: [
			["project", project.entityName, project.name],
			["project-people", project.entityName, project.name],
		],
		done: () => ({ text: t("projectSettings.accessSaved") }),
	});
	// Of a person's own project there is nobody to restrict it to.
	const possible = accesses.filter((access) => isTeam || access !== "RESTRICTED" || project.access === access);
	return (
		<Section title={t("projectSettings.access")}>
			<form
				className="setting"
				onSubmit={(event) => {
					event.preventDefault();
					mutate(chosen);
				}}
			>
				<Radio.Group value={chosen} onChange={setChosen} aria-label={t("projectSettings.access")}>
					<Stack gap="sm">
						{possible.map((access) => {
							const words = accessWords(access, isTeam);
							return words ? (
								<Radio key={access} value={access} label={t(words.name)} description={t(words.meaning)} />
							) : null;
						})}
					</Stack>
				</Radio.Group>
				<Button type="submit" size="xs" loading={isPending} disabled={chosen === project.access}>
					{t("ui.save")}
				</Button>
			</form>
		</Section>
	);
}

const daySeconds = 86_400;

function DefaultTtl({ project }: Props): ReactNode {
	const { t } = useTranslation();
	const seconds = project.entity.artifactTTLDurationSeconds;
	return (
		<Section title={t("projectSettings.ttl")}>
			<p>
				{seconds
					? t("projectSettings.ttlDays", { count: Math.round(seconds / daySeconds) })
					: t("projectSettings.ttlNone")}{" "}
				<span className="quiet">{t("projectSettings.ttlWhere")}</span>{" "}
				<Link to="/$entity" params={{ entity: project.entityName }} className="link">
					{project.entityName}
				</Link>
			</p>
		</Section>
	);
}

/** What admins decide of a project. */
export function ProjectSettingsPage(): ReactNode {
	const { t } = useTranslation();
	const { data: project } = useSuspenseQuery(projectQuery(route.useParams()));
	if (!project.capabilities.includes("PROJECT_ADMINISTER")) {
		return (
			<ProjectFrame project={project} tab="settings">
				<p className="quiet">{t("projectSettings.notAdmin")}</p>
				<Suspense fallback={<LineSkeleton />}>
					<ProjectPeople project={project} />
				</Suspense>
			</ProjectFrame>
		);
	}
	return (
		<ProjectFrame project={project} tab="settings">
			<div className="settings">
				<Rename key={project.name} project={project} />
				<Access key={project.access} project={project} />
				<Suspense fallback={<LineSkeleton />}>
					<ProjectMembers project={project} />
				</Suspense>
				<DefaultTtl project={project} />
				<DeleteProject project={project} />
			</div>
		</ProjectFrame>
	);
}
