import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";

/** Who sees a registry: all of the organisation, or those who were let in. */
export function VisibilityBadge({ access }: { access: string | null }): ReactNode {
	const { t } = useTranslation();
	const restricted = access === "RESTRICTED";
	return (
		<span className="visibility" title={t(restricted ? "registry.restrictedHint" : "registry.organizationHint")}>
			<Icon name={restricted ? "lock" : "team"} />
			{t(restricted ? "registry.restricted" : "registry.organization")}
		</span>
	);
}
