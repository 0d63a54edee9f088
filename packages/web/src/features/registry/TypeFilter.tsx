import { Select } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Props = { types: string[]; value: string | undefined; onType: (type: string | undefined) => void };

/** Narrows a list to one type of artifact; nothing to choose where there is one alone. */
export function TypeFilter({ types, value, onType }: Props): ReactNode {
	const { t } = useTranslation();
	if (types.length < 2 && value === undefined) return null;
	return (
		<Select
			size="xs"
			w={170}
			searchable
			clearable
			aria-label={t("registry.typeFilter")}
			placeholder={t("registry.allTypes")}
			clearButtonProps={{ "aria-label": t("registry.allTypes") }}
			data={[...new Set([...types, ...(value === undefined ? [] : [value])])].sort()}
			value={value ?? null}
			onChange={(type) => onType(type ?? undefined)}
		/>
	);
}
