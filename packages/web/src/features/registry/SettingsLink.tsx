import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";

/** The gear: whoever sees a registry sees its settings and members. */
export function SettingsLink({ org, registry }: { org: string; registry: string }): ReactNode {
	const { t } = useTranslation();
	const address: string = `/orgs/${encodeURIComponent(org)}/registry/${encodeURIComponent(registry)}/settings`;
	return (
		<Link to={address} className="gear" aria-label={t("registry.settings")} title={t("registry.settings")}>
			<Icon name="settings" />
		</Link>
	);
}
