import { NativeSelect } from "@mantine/core";
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { entitiesOf, type Viewer, viewerQuery } from "../../app-shell/viewer.queries.ts";
import { Facts } from "../../ui/Facts.tsx";
import { faultText } from "../../ui/fault-text.ts";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { SavedField } from "../../ui/SavedField.tsx";
import { Setting } from "../../ui/Setting.tsx";
import { showToast } from "../../ui/toasts.ts";
import { useChange } from "../../ui/use-change.ts";
import { ApiKeys } from "./ApiKeys.tsx";
import { NewApiKey } from "./NewApiKey.tsx";
import { PasswordForm } from "./PasswordForm.tsx";
import { Sessions } from "./Sessions.tsx";
import { updateUser } from "./settings.queries.ts";

function DefaultEntity({ viewer }: { viewer: Viewer }): ReactNode {
	const { t } = useTranslation();
	const save = useChange(updateUser, {
		stale: [viewerQuery.queryKey],
		inForm: true,
		done: (_, { defaultEntity = "" }) => ({ text: t("settings.defaultEntitySet", { entity: defaultEntity }) }),
	});
	return (
		<NativeSelect
			className="field"
			size="sm"
			aria-label={t("settings.defaultEntity")}
			data={entitiesOf(viewer)}
			value={viewer.entity ?? viewer.username ?? viewer.name}
			error={faultText(save.error, t)}
			onChange={({ currentTarget }) => save.mutate({ defaultEntity: currentTarget.value })}
		/>
	);
}

function Profile({ viewer }: { viewer: Viewer }): ReactNode {
	const { t } = useTranslation();
	const client = useQueryClient();
	const username = viewer.username ?? viewer.name;
	const rename = async (text: string) => {
		await updateUser({ username: text });
		await client.invalidateQueries();
		showToast({ tone: "done", text: t("settings.renamed", { name: text }) });
	};
	return (
		<>
			<SavedField
				label={t("login.username")}
				description={t("settings.usernameHint")}
				value={username}
				maxLength={64}
				onSave={rename}
			/>
			<Facts
				facts={[
					{ name: t("settings.email"), value: viewer.email },
					{ name: t("settings.role"), value: viewer.admin ? t("settings.instanceAdmin") : null },
				]}
			/>
		</>
	);
}

/** The organisations and teams one is in, each with its settings. */
function Places({ viewer }: { viewer: Viewer }): ReactNode {
	const { t } = useTranslation();
	const teams = viewer.teams?.edges.map(({ node }) => node) ?? [];
	return (
		<ul className="places">
			{viewer.organizations?.map(({ id, name }) => (
				<li key={id}>
					<Link to="/orgs/$org/settings" params={{ org: name }} className="link">
						{name}
					</Link>{" "}
					<span className="quiet">{t("organization.one")}</span>
					<ul className="places">
						{teams
							.filter(({ organization }) => organization?.id === id)
							.map((team) => (
								<li key={team.id}>
									<Link to="/orgs/$org/teams/$team/settings" params={{ org: name, team: team.name }} className="link">
										{team.name}
									</Link>{" "}
									<span className="quiet">{t("team.one")}</span>
								</li>
							))}
					</ul>
				</li>
			))}
		</ul>
	);
}

/** One's account, keys and sessions. */
export function SettingsPage(): ReactNode {
	const { t } = useTranslation();
	const { data: viewer } = useSuspenseQuery(viewerQuery);
	if (viewer === null) return null;
	return (
		<>
			<PageHeader title={t("settings.title")} />
			<div className="settings">
				<Setting title={t("settings.profile")} hint={t("settings.profileHint")}>
					<Profile viewer={viewer} />
				</Setting>
				<Setting title={t("settings.defaultEntity")} hint={t("settings.defaultEntityHint")}>
					<DefaultEntity viewer={viewer} />
				</Setting>
				<Setting
					title={t("keys.title")}
					hint={
						<>
							{t("keys.lead")}{" "}
							<Link to="/authorize" className="link">
								{t("authorize.title")}
							</Link>
						</>
					}
				>
					<NewApiKey withLines />
					<ApiKeys />
				</Setting>
				<Setting title={t("sessions.title")} hint={t("sessions.hint")}>
					<Sessions />
				</Setting>
				<Setting title={t("password.title")} hint={t("password.hint")}>
					<PasswordForm username={viewer.username ?? viewer.name} />
				</Setting>
				{viewer.organizations && viewer.organizations.length > 0 ? (
					<Setting title={t("settings.places")} hint={t("settings.placesHint")}>
						<Places viewer={viewer} />
					</Setting>
				) : null}
			</div>
		</>
	);
}
