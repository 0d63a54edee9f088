import { ActionIcon, Menu } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { Icon } from "./Icon.tsx";

export type RowAction = { text: string; onSelect: () => void; danger?: boolean };

/** What can be done with a row, behind "…". Nothing at all where nothing can. */
export function RowMenu({ label, actions }: { label: string; actions: RowAction[] }): ReactNode {
	const target = useRef<HTMLButtonElement>(null);
	if (actions.length === 0) return null;
	return (
		<Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
			<Menu.Target>
				<ActionIcon ref={target} variant="subtle" color="gray" size="sm" aria-label={label}>
					<Icon name="more" />
				</ActionIcon>
			</Menu.Target>
			<Menu.Dropdown>
				{actions.map(({ text, onSelect, danger }) => (
					<Menu.Item
						key={text}
						{...(danger ? { color: "red" } : {})}
						onClick={() => {
							// A dialog that opens now gives the focus back to where it was: the item will be gone by then.
							target.current?.focus();
							onSelect();
						}}
					>
						{text}
					</Menu.Item>
				))}
			</Menu.Dropdown>
		</Menu>
	);
}
