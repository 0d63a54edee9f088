import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { TabLinks } from "../../ui/TabLinks.tsx";
import { MembersTab } from "../members/MembersTab.tsx";
import type { Place } from "../members/members.queries.ts";
import { ServiceAccountsTab } from "../members/ServiceAccountsTab.tsx";
import { OrganizationGeneral } from "./OrganizationGeneral.tsx";
import { OrganizationTeams } from "./OrganizationTeams.tsx";
import { organizationQuery } from "./organization.queries.ts";

const route = "/frame/own/orgs/$org/settings";
const tabs = ["members", "teams", "service", "general"] as const;

/** Who is in an organisation, its teams and machines, its name. */
export function OrganizationSettingsPage(): ReactNode {
	const { t } = useTranslation();
	const { org } = useParams({ from: route });
	const { tab, q = "" } = useSearch({ from: route });
	const navigate = useNavigate({ from: "/orgs/$org/settings" });
	const { data: organization } = useSuspenseQuery(organizationQuery(org));
	const current = tabs.find((known) => known === tab) ?? "members";
	const place: Place = {
		kind: "organization",
		entity: organization.orgEntity?.name ?? organization.name,
		name: organization.name,
		organizationId: organization.id,
		mayAdminister: organization.capabilities.includes("ORGANIZATION_ADMINISTER"),
	};
	const titles = {
		members: t("members.title"),
		teams: t("organization.teams"),
		service: t("service.title"),
		general: t("organization.general"),
	};
	return (
		<>
			<PageHeader
				title={t("organization.settings")}
				crumbs={[
					<Link key="settings" to="/settings" className="link">
						{t("settings.title")}
					</Link>,
					organization.name,
				]}
			/>
			<TabLinks
				label={t("ui.tabs")}
				current={current}
				tabs={tabs.map((id) => ({
					id,
					title: titles[id],
					link: { to: "/orgs/$org/settings", params: { org }, search: { tab: id } },
				}))}
			/>
			{current === "members" ? (
				<MembersTab
					place={place}
					teams={organization.teams?.map(({ name }) => name) ?? []}
					query={q}
					onQuery={(text) => void navigate({ search: (now) => ({ ...now, q: text || undefined }), replace: true })}
				/>
			) : null}
			{current === "teams" ? <OrganizationTeams organization={organization} /> : null}
			{current === "service" ? <ServiceAccountsTab place={place} /> : null}
			{current === "general" ? <OrganizationGeneral organization={organization} /> : null}
		</>
	);
}
