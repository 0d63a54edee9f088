import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { legacyRegistriesQuery } from "./registry.queries.ts";

/** The way to the model registries of the old kind, for those who have any. */
export function LegacyBanner(): ReactNode {
	const { t } = useTranslation();
	const { data: entities = [] } = useQuery(legacyRegistriesQuery);
	if (entities.length === 0) return null;
	return (
		<p className="quiet legacy-banner">
			{t("legacy.stillThere")}{" "}
			{entities.map((entity) => (
				<Link key={entity} to="/$entity/model-registry" params={{ entity }} className="link">
					{t("legacy.goTo", { entity })}
				</Link>
			))}
		</p>
	);
}
