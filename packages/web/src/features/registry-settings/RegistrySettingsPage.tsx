import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "../../ui/PageHeader.tsx";
import { TabLinks } from "../../ui/TabLinks.tsx";
import { registryNameOf, registryTitle } from "../registry/registry-paths.ts";
import { DeleteRegistry } from "./DeleteRegistry.tsx";
import { ProtectedAliases } from "./ProtectedAliases.tsx";
import { RegistryAcceptedTypes } from "./RegistryAcceptedTypes.tsx";
import { RegistryDetails } from "./RegistryDetails.tsx";
import { RegistryRoles } from "./RegistryRoles.tsx";
import { registrySettingsQuery } from "./registry-settings.queries.ts";

const route = "/frame/own/orgs/$org/registry/$registry/settings";

/** What a registry is and takes, and who may do what in it. */
export function RegistrySettingsPage(): ReactNode {
	const { t } = useTranslation();
	const params = useParams({ from: route });
	const { tab, q = "" } = useSearch({ from: route });
	const navigate = useNavigate({ from: "/orgs/$org/registry/$registry/settings" });
	const { organization, registry } = useSuspenseQuery(registrySettingsQuery(params.org, params.registry)).data;
	const current = tab === "access" ? "access" : "general";
	const name = registryNameOf(registry.name);
	const link = (id: string) => ({ to: "/orgs/$org/registry/$registry/settings", params, search: { tab: id } }) as const;
	return (
		<>
			<PageHeader
				title={t("registrySettings.title")}
				crumbs={[
					<Link key="registries" to="/registry" className="link">
						{t("nav.registry")}
					</Link>,
					<Link key="organization" to="/orgs/$org/settings" params={{ org: organization }} className="link">
						{organization}
					</Link>,
					<Link
						key="registry"
						to="/orgs/$org/registry/$registry"
						params={{ org: organization, registry: name }}
						className="link"
					>
						{registryTitle(name)}
					</Link>,
				]}
			/>
			<TabLinks
				label={t("ui.tabs")}
				current={current}
				tabs={[
					{ id: "general", title: t("organization.general"), link: link("general") },
					{ id: "access", title: t("registrySettings.accessTab"), link: link("access") },
				]}
			/>
			{current === "access" ? (
				<RegistryRoles
					org={organization}
					registry={registry}
					query={q}
					onQuery={(text) => void navigate({ search: (now) => ({ ...now, q: text || undefined }), replace: true })}
				/>
			) : (
				<div className="settings">
					<RegistryDetails registry={registry} />
					<RegistryAcceptedTypes registry={registry} />
					<ProtectedAliases registry={registry} />
					<DeleteRegistry registry={registry} />
				</div>
			)}
		</>
	);
}
