import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { useConnectionLost } from "./connection.ts";

/** Says that what the page shows may be old, and that this mends itself. */
export function ConnectionNotice(): ReactNode {
	const { t } = useTranslation();
	const lost = useConnectionLost();
	return (
		<div role="status" className="connection">
			{lost ? (
				<p>
					<Icon name="offline" />
					{t("connection.lost")}
				</p>
			) : null}
		</div>
	);
}
