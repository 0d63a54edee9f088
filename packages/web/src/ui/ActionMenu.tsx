import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";
import { MenuButton } from "./MenuButton.tsx";
import type { MenuItem } from "./MenuList.tsx";

type Props = {
	label: string;
	/** What can be done, if the viewer may: whatever is false is left out. */
	actions: readonly (MenuItem | false)[];
	/** In the head of a page, beside other buttons, not in a row of a table. */
	inHead?: boolean;
};

/** What can be done with something, behind "…". Nothing at all where nothing can. */
export function ActionMenu({ label, actions, inHead = false }: Props): ReactNode {
	const items = actions.filter((action) => action !== false);
	if (items.length === 0) return null;
	const look = inHead ? ({ variant: "default", size: 30 } as const) : ({ color: "gray", size: "sm" } as const);
	return (
		<MenuButton
			position="bottom-end"
			items={items}
			button={(props) => (
				<ActionIcon variant="subtle" {...look} {...props} aria-label={label} title={label}>
					<Icon name="more" />
				</ActionIcon>
			)}
		/>
	);
}
