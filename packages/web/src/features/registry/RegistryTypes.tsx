import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../ui/Chips.tsx";

type Props = {
	registry: { allowAllArtifactTypesInRegistry: boolean; acceptedArtifactTypes: readonly string[] };
	/** At most so many; how many more there are is said. */
	most?: number;
};

/** The artifact types a registry takes. */
export function RegistryTypes({ registry, most = 50 }: Props): ReactNode {
	const { t } = useTranslation();
	const { allowAllArtifactTypesInRegistry: all, acceptedArtifactTypes: types } = registry;
	const more = types.length - most;
	const shown = more > 0 ? [...types.slice(0, most), t("registry.moreTypes", { count: more })] : [...types];
	return <Chips kind="type" texts={all || types.length === 0 ? [t("registry.allTypes")] : shown} />;
}
