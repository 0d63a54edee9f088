import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** The shape of a page's contents while they are on their way. */
export function TabSkeleton(): ReactNode {
	const { t } = useTranslation();
	return (
		<div className="stack" role="status" aria-label={t("ui.loading")}>
			<Skeleton height={30} width="40%" />
			{[100, 96, 98, 90, 94].map((width) => (
				<Skeleton key={width} height={18} width={`${width}%`} />
			))}
		</div>
	);
}
