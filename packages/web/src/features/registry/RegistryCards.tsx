import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { TimeText } from "../../ui/TimeText.tsx";
import { plainLine } from "./plain-line.ts";
import { RegistryTypes } from "./RegistryTypes.tsx";
import type { RegistryCardFragment } from "./registry.graphql.gen.ts";
import { registryNameOf, registryTitle } from "./registry-paths.ts";
import { VisibilityBadge } from "./VisibilityBadge.tsx";

function Card({ org, registry }: { org: string; registry: RegistryCardFragment }): ReactNode {
	const { t } = useTranslation();
	const name = registryNameOf(registry.name);
	const { collections = 0, versions = 0, people = null, changedAt = null } = registry.registryContents ?? {};
	return (
		<li>
			<Link to="/orgs/$org/registry/$registry" params={{ org, registry: name }} className="card registry-card">
				<span className="registry-card-head">
					<h3>{registryTitle(name)}</h3>
					<VisibilityBadge access={registry.access} />
				</span>
				{registry.description ? <p className="quiet clamped">{plainLine(registry.description)}</p> : null}
				<RegistryTypes registry={registry} most={4} />
				<span className="registry-card-foot count">
					<span>{t("registry.collectionCount", { count: collections })}</span>
					<span>{t("registry.versionCount", { count: versions })}</span>
					{people === null ? null : <span>{t("registry.peopleCount", { count: people })}</span>}
					{changedAt === null ? null : (
						<span className="registry-card-time">
							<TimeText at={changedAt} />
						</span>
					)}
				</span>
			</Link>
		</li>
	);
}

/** Registries side by side; those far down are not drawn until they come into sight. */
export function RegistryCards({ org, registries }: { org: string; registries: RegistryCardFragment[] }): ReactNode {
	return (
		<ul className="cards registry-cards">
			{registries.map((registry) => (
				<Card key={registry.id} org={org} registry={registry} />
			))}
		</ul>
	);
}
