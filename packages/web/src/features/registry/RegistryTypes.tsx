import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";
import type { RegistryInfo } from "./registry.queries.ts";

/** The artifact types a registry takes. */
export function RegistryTypes({ registry }: { registry: RegistryInfo }): ReactNode {
	const { t } = useTranslation();
	const all = registry.allowAllArtifactTypesInRegistry || registry.acceptedArtifactTypes.length === 0;
	return <Chips kind="type" texts={all ? [t("registry.allTypes")] : registry.acceptedArtifactTypes} />;
}
