import { Button, NativeSelect, Select } from "@mantine/core";
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ask } from "../../../graphql-client.ts";
import { DataTable } from "../../../ui/DataTable.tsx";
import { Section } from "../../../ui/Section.tsx";
import { useChange } from "../../../ui/use-change.ts";
import { ProjectPeople } from "../ProjectPeople.tsx";
import {
	AddProjectMembersDocument,
	RemoveProjectMembersDocument,
	SetProjectMemberRoleDocument,
	SetProjectTeamRoleDocument,
} from "../project.graphql.gen.ts";
import { candidatesQuery, type Project, projectPeopleQuery } from "../project.queries.ts";

const roles = ["admin", "member", "viewer", "restricted_viewer"] as const;

/** Somebody, or all of a team, whom a role is given to by name. */
type Holder = { kind: "user" | "team"; id: string; name: string; role: string };

function useStale(project: Project) {
	return [["project-people", project.entityName, project.name]];
}

function RoleSelect({ project, holder }: { project: Project; holder: Holder }): ReactNode {
	const { t } = useTranslation();
	const projectId = project.id;
	const titles = {
		admin: t("projectRole.admin"),
		member: t("projectRole.member"),
		viewer: t("projectRole.viewer"),
		restricted_viewer: t("projectRole.restrictedViewer"),
	};
	const { mutate, isPending } = useChange(
		(role: string): Promise<unknown> =>
			holder.kind === "user"
				? ask(SetProjectMemberRoleDocument, { projectId, userId: holder.id, role })
				: ask(SetProjectTeamRoleDocument, { projectId, teamId: holder.id, role }),
		{ stale: useStale(project), done: () => ({ text: t("projectSettings.roleSaved", { name: holder.name }) }) },
	);
	return (
		<NativeSelect
			size="xs"
			aria-label={t("projectSettings.roleOf", { name: holder.name })}
			value={holder.role}
			disabled={isPending}
			onChange={({ currentTarget }) => mutate(currentTarget.value)}
			data={roles.map((role) => ({ value: role, label: titles[role] }))}
		/>
	);
}

function RemoveButton({ project, holder }: { project: Project; holder: Holder }): ReactNode {
	const { t } = useTranslation();
	const { mutate: giveBack } = useChange(
		async () => {
			const projectId = project.id;
			const ids = holder.kind === "user" ? { userIds: [holder.id] } : { teamIds: [holder.id] };
			await ask(AddProjectMembersDocument, { projectId, ...ids });
			const { id, role } = holder;
			if (holder.kind === "user") await ask(SetProjectMemberRoleDocument, { projectId, userId: id, role });
			else await ask(SetProjectTeamRoleDocument, { projectId, teamId: id, role });
		},
		{ stale: useStale(project) },
	);
	const { mutate, isPending } = useChange(
		() =>
			ask(RemoveProjectMembersDocument, {
				projectId: project.id,
				...(holder.kind === "user" ? { userIds: [holder.id] } : { teamIds: [holder.id] }),
			}),
		{
			stale: useStale(project),
			done: () => ({
				text: t("projectSettings.removed", { name: holder.name }),
				undo: () => giveBack(undefined),
			}),
		},
	);
	return (
		<Button
			size="compact-xs"
			variant="subtle"
			c="var(--bad)"
			loading={isPending}
			aria-label={t("projectSettings.remove", { name: holder.name })}
			onClick={() => mutate(undefined)}
		>
			{t("projectSettings.removeShort")}
		</Button>
	);
}

function AddMember({ project, holders }: { project: Project; holders: Holder[] }): ReactNode {
	const { t } = useTranslation();
	const { data } = useQuery(candidatesQuery(project.entityName));
	const [chosen, setChosen] = useState<string | null>(null);
	const there = new Set(holders.map(({ id }) => id));
	const people = (data?.people ?? []).filter(({ id }) => !there.has(id));
	const teams = (data?.teams ?? []).filter(({ id }) => !there.has(id));
	const { mutate, isPending } = useChange(
		(id: string) =>
			ask(AddProjectMembersDocument, {
				projectId: project.id,
				...(teams.some((team) => team.id === id) ? { teamIds: [id] } : { userIds: [id] }),
			}),
		{ stale: useStale(project), onDone: () => setChosen(null) },
	);
	return (
		<form
			className="add-member"
			onSubmit={(event) => {
				event.preventDefault();
				if (chosen !== null) mutate(chosen);
			}}
		>
			<Select
				size="xs"
				label={t("projectSettings.addMember")}
				placeholder={t("projectSettings.addMemberHint")}
				searchable
				clearable
				value={chosen}
				onChange={setChosen}
				limit={100}
				nothingFoundMessage={t("ui.none")}
				data={[
					{
						group: t("projectSettings.people"),
						items: people.map(({ id, username, name }) => ({ value: id, label: username ?? name })),
					},
					{ group: t("projectSettings.teams"), items: teams.map(({ id, name }) => ({ value: id, label: name })) },
				]}
			/>
			<Button type="submit" size="xs" loading={isPending} disabled={chosen === null}>
				{t("projectSettings.add")}
			</Button>
		</form>
	);
}

function holdersOf(data: {
	members: { id: string; name: string; username: string | null; role: { name: string } | null }[] | null;
	teamMembers: { team: { id: string; name: string }; role: { name: string } | null }[] | null;
}): Holder[] {
	const people = (data.members ?? []).map(
		({ id, username, name, role }): Holder => ({
			kind: "user",
			id,
			name: username ?? name,
			role: role?.name ?? "viewer",
		}),
	);
	const teams = (data.teamMembers ?? []).map(
		({ team, role }): Holder => ({ kind: "team", id: team.id, name: team.name, role: role?.name ?? "viewer" }),
	);
	return [...people, ...teams];
}

/** Who is in a project; of a restricted one also who is let in by name, with roles that can be changed. */
export function ProjectMembers({ project }: { project: Project }): ReactNode {
	const { t } = useTranslation();
	const { data } = useSuspenseQuery(projectPeopleQuery({ entity: project.entityName, project: project.name }));
	const holders = holdersOf(data);
	if (project.access !== "RESTRICTED") {
		return (
			<>
				<ProjectPeople project={project} />
				{project.entity.isTeam ? <p className="quiet">{t("projectSettings.membersOfTeam")}</p> : null}
			</>
		);
	}
	return (
		<>
			<Section title={t("projectSettings.given")} count={holders.length}>
				<AddMember project={project} holders={holders} />
				{holders.length === 0 ? (
					<p className="quiet">{t("projectSettings.nobody")}</p>
				) : (
					<DataTable
						label={t("projectSettings.given")}
						rows={holders}
						rowKey={({ kind, id }) => `${kind}:${id}`}
						columns={[
							{
								id: "name",
								title: t("ui.name"),
								kind: "main",
								cell: ({ name, kind }) => (
									<>
										{name} {kind === "team" ? <span className="quiet">{t("projectSettings.wholeTeam")}</span> : null}
									</>
								),
							},
							{
								id: "role",
								title: t("project.role"),
								kind: "tight",
								cell: (holder) => <RoleSelect project={project} holder={holder} />,
							},
							{
								id: "remove",
								title: "",
								kind: "tight",
								cell: (holder) => <RemoveButton project={project} holder={holder} />,
							},
						]}
					/>
				)}
			</Section>
			<ProjectPeople project={project} />
		</>
	);
}
