import { NativeSelect } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

type Props = { types: string[]; value: string | undefined; onType: (type: string | undefined) => void };

/** Narrows a list to one type of artifact; nothing to choose where there is one alone. */
export function TypeFilter({ types, value, onType }: Props): ReactNode {
	const { t } = useTranslation();
	const known = value !== undefined && !types.includes(value) ? [...types, value] : types;
	if (known.length < 2) return null;
	return (
		<NativeSelect
			size="xs"
			aria-label={t("registry.typeFilter")}
			data={[{ value: "", label: t("registry.allTypes") }, ...known.toSorted()]}
			value={value ?? ""}
			onChange={({ currentTarget }) => onType(currentTarget.value || undefined)}
		/>
	);
}
