import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/Icon.tsx";
import { MenuButton } from "../../ui/MenuButton.tsx";
import { download } from "../../ui/save-file.ts";

type Props = {
	/** Where the server writes the data. */
	addressOf: (format: "csv" | "ndjson" | "dot") => string;
	onExport: (format: "png" | "svg") => Promise<void>;
};

/** The picture as it is drawn, or all that hangs together as data. */
export function ExportMenu({ addressOf, onExport }: Props): ReactNode {
	const { t } = useTranslation();
	const pictures = (["png", "svg"] as const).map((format) => ({
		text: format.toUpperCase(),
		onSelect: () => void onExport(format),
	}));
	const files = (["csv", "ndjson", "dot"] as const).map((format, index) => ({
		text: t("graph.exportAll", { format: format.toUpperCase() }),
		onSelect: () => download(addressOf(format)),
		apart: index === 0,
	}));
	return (
		<MenuButton
			position="bottom-end"
			items={[...pictures, ...files]}
			button={(props) => (
				<Button size="compact-sm" variant="default" leftSection={<Icon name="download" size={14} />} {...props}>
					{t("graph.export")}
				</Button>
			)}
		/>
	);
}
