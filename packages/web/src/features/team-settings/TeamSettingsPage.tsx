import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { TabLinks } from "../../ui/TabLinks.tsx";
import { MembersTab } from "../members/MembersTab.tsx";
import type { Place } from "../members/members.queries.ts";
import { ServiceAccountsTab } from "../members/ServiceAccountsTab.tsx";
import { TeamArtifacts } from "./TeamArtifacts.tsx";
import { TeamGeneral } from "./TeamGeneral.tsx";
import { teamQuery } from "./team-settings.queries.ts";

const route = "/frame/own/orgs/$org/teams/$team/settings";

/** Who is in a team, its machines, what it says of its artifacts, its name. */
export function TeamSettingsPage(): ReactNode {
	const { t } = useTranslation();
	const params = useParams({ from: route });
	const { tab, q = "" } = useSearch({ from: route });
	const navigate = useNavigate({ from: "/orgs/$org/teams/$team/settings" });
	const { data: team } = useSuspenseQuery(teamQuery(params.team));
	const mayAdminister = team.capabilities.includes("TEAM_ADMINISTER");
	const titles = {
		members: t("members.title"),
		service: t("service.title"),
		artifacts: t("nav.artifacts"),
		...(mayAdminister ? { general: t("organization.general") } : {}),
	};
	const current = tab !== undefined && Object.hasOwn(titles, tab) ? tab : "members";
	const place: Place = {
		kind: "team",
		entity: team.name,
		name: team.name,
		organizationId: team.organization?.id ?? "",
		mayAdminister,
	};
	const org = team.organization?.name ?? params.org;
	return (
		<>
			<PageHeader
				title={t("team.settingsTitle")}
				crumbs={[
					<Link key="organization" to="/orgs/$org/settings" params={{ org }} className="link">
						{org}
					</Link>,
					<Link key="team" to="/$entity" params={{ entity: team.name }} className="link">
						{team.name}
					</Link>,
				]}
			/>
			<TabLinks
				label={t("ui.tabs")}
				current={current}
				tabs={Object.entries(titles).map(([id, title]) => ({
					id,
					title,
					link: { to: "/orgs/$org/teams/$team/settings", params, search: { tab: id } },
				}))}
			/>
			{current === "members" ? (
				<MembersTab
					place={place}
					query={q}
					onQuery={(text) => void navigate({ search: (now) => ({ ...now, q: text || undefined }), replace: true })}
				/>
			) : null}
			{current === "service" ? <ServiceAccountsTab place={place} /> : null}
			{current === "artifacts" ? <TeamArtifacts team={team} /> : null}
			{current === "general" ? <TeamGeneral team={team} /> : null}
		</>
	);
}
