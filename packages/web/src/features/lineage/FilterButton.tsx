import { Button, type ButtonProps } from "@mantine/core";
import type { ComponentProps, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import type { LineageState } from "./lineage-state.ts";

type Props = ButtonProps & ComponentProps<"button"> & { state: LineageState };

/** Tells how much is left out. */
export function FilterButton({ state, ...rest }: Props): ReactNode {
	const { t } = useTranslation();
	const ends = [state.from, state.until].filter((end) => end !== undefined);
	const total = state.without.length + state.hidden.length + ends.length;
	return (
		<Button size="compact-sm" variant="default" leftSection={<Icon name="filter" size={14} />} {...rest}>
			{total > 0 ? t("graph.filterCount", { total }) : t("graph.filter")}
		</Button>
	);
}
