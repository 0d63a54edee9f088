import { Button, Checkbox, Popover, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon.tsx";

type Props = {
	columns: { id: string; title: string; kind?: string }[];
	hidden: readonly string[];
	onHidden: (hidden: string[]) => void;
};

/** The button over a table that tells which of its columns are shown; the main one and the row's menu always are. */
export function ColumnChooser({ columns, hidden, onHidden }: Props): ReactNode {
	const { t } = useTranslation();
	const choices = columns.filter(({ kind }) => kind !== "main" && kind !== "menu");
	return (
		<Popover position="bottom-end" withinPortal>
			<Popover.Target>
				<Button variant="subtle" color="gray" size="compact-xs" leftSection={<Icon name="columns" />}>
					{t("ui.columns")}
				</Button>
			</Popover.Target>
			<Popover.Dropdown>
				<Stack gap={6} role="group" aria-label={t("ui.columns")}>
					{choices.map(({ id, title }) => (
						<Checkbox
							key={id}
							size="xs"
							label={title}
							checked={!hidden.includes(id)}
							onChange={({ currentTarget }) =>
								onHidden(currentTarget.checked ? hidden.filter((other) => other !== id) : [...hidden, id])
							}
						/>
					))}
				</Stack>
			</Popover.Dropdown>
		</Popover>
	);
}
