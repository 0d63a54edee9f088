import { Loader } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** Shown only when a page takes longer than a blink. */
export function PendingPage(): ReactNode {
	const { t } = useTranslation();
	return (
		<div role="status" aria-label={t("ui.loading")}>
			<Loader size="sm" type="dots" />
		</div>
	);
}
