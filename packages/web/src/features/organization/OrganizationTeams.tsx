import { Button, TextInput } from "@mantine/core";
import { useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ActionMenu } from "../../ui/ActionMenu.tsx";
import { DataTable } from "../../ui/DataTable.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { Section } from "../../ui/Section.tsx";
import { TimeText } from "../../ui/TimeText.tsx";
import { useChange } from "../../ui/use-change.ts";
import { Who } from "../members/Who.tsx";
import { DeleteTeamDialog } from "../team-settings/DeleteTeamDialog.tsx";
import { createTeam, type Organization, organizationTeamsQuery } from "./organization.queries.ts";

function NewTeam({ organization }: { organization: Organization }): ReactNode {
	const { t } = useTranslation();
	const [name, setName] = useState("");
	const create = useChange(createTeam, {
		stale: [["organization-settings"], ["viewer"]],
		inForm: true,
		done: (team) => ({ text: t("organization.teamMade", { name: team }), link: { href: `/${team}`, text: team } }),
		onDone: () => setName(""),
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		create.mutate({ name: name.trim(), organization: organization.id });
	};
	return (
		<form className="field-row" onSubmit={submit}>
			<TextInput
				size="xs"
				label={t("organization.newTeam")}
				placeholder="ml-research"
				required
				withAsterisk={false}
				maxLength={64}
				autoComplete="off"
				value={name}
				error={faultText(create.error, t)}
				onChange={({ currentTarget }) => setName(currentTarget.value)}
			/>
			<Button type="submit" size="xs" loading={create.isPending}>
				{t("organization.createTeam")}
			</Button>
		</form>
	);
}

/** The teams of an organisation, and the making of more. */
export function OrganizationTeams({ organization }: { organization: Organization }): ReactNode {
	const { t } = useTranslation();
	const { data: teams } = useSuspenseQuery(organizationTeamsQuery(organization.name));
	const [deleting, setDeleting] = useState<string>();
	return (
		<Section title={t("organization.teams")} count={teams.length}>
			<p className="lead">{t("organization.teamsLead")}</p>
			{organization.capabilities.includes("TEAM_CREATE") ? <NewTeam organization={organization} /> : null}
			{teams.length === 0 ? (
				<p className="quiet">{t("organization.noTeams")}</p>
			) : (
				<div className="people">
					<DataTable
						label={t("organization.teams")}
						rows={teams}
						rowKey={({ id }) => id}
						columns={[
							{ id: "name", title: t("team.title"), kind: "main", cell: ({ name }) => <Who name={name} kind="team" /> },
							{
								id: "members",
								title: t("members.title"),
								kind: "number",
								cell: ({ memberCount }) => memberCount,
							},
							{
								id: "created",
								title: t("ui.created"),
								kind: "tight",
								wideOnly: true,
								cell: ({ createdAt }) => <TimeText at={createdAt} />,
							},
							{
								id: "settings",
								title: "",
								kind: "tight",
								cell: ({ name }) => (
									<Link
										to="/orgs/$org/teams/$team/settings"
										params={{ org: organization.name, team: name }}
										className="link"
										aria-label={t("team.settingsOf", { name })}
									>
										{t("team.settings")}
									</Link>
								),
							},
							{
								id: "menu",
								title: "",
								kind: "number",
								cell: ({ name, capabilities }) => (
									<ActionMenu
										label={t("members.actionsFor", { name })}
										actions={[
											capabilities.includes("TEAM_ADMINISTER") && {
												text: t("team.delete"),
												onSelect: () => setDeleting(name),
												danger: true,
											},
										]}
									/>
								),
							},
						]}
					/>
				</div>
			)}
			{deleting ? <DeleteTeamDialog team={deleting} onClose={() => setDeleting(undefined)} /> : null}
		</Section>
	);
}
