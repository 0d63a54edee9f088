import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";

/** Aliases: orange, or grey with a lock where only the registry's admins move them. */
export function AliasChips({
	aliases,
	guarded,
}: {
	aliases: readonly string[];
	guarded: readonly string[];
}): ReactNode {
	const { t } = useTranslation();
	if (aliases.length === 0) return null;
	return (
		<span className="chips">
			{aliases.map((alias) =>
				guarded.includes(alias) ? (
					<span key={alias} className="chip locked" title={t("registry.protectedAlias")}>
						<Icon name="lock" />
						{alias}
						<span className="unseen"> ({t("registry.protected")})</span>
					</span>
				) : (
					<span key={alias} className="chip alias">
						{alias}
					</span>
				),
			)}
		</span>
	);
}
