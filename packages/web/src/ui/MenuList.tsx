import { Menu, type MenuProps } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Fragment, type ReactNode, type Ref, useImperativeHandle } from "react";
import { Icon, type IconName } from "./Icon.tsx";

export type MenuItem = {
	text: string;
	icon?: IconName;
	/** What happens; or, with `to`, where it leads. */
	onSelect?: () => void;
	to?: string;
	danger?: boolean;
	/** After a line. */
	apart?: boolean;
	/** The one of these in which the reader is. */
	current?: boolean;
};

export type MenuListProps = Pick<MenuProps, "position" | "width"> & {
	id: string;
	opener: HTMLElement;
	items: MenuItem[];
	onClose: () => void;
};

/** Stands for the button, which is there already, where the menu wants to know what it belongs to. */
function Opener({ opener, ref }: Pick<MenuListProps, "opener"> & { ref?: Ref<HTMLElement> }): ReactNode {
	useImperativeHandle(ref, () => opener, [opener]);
	return null;
}

/** An open menu. */
export function MenuList({ id, opener, items, onClose, ...look }: MenuListProps): ReactNode {
	const back = () => opener.focus({ preventScroll: true });
	const close = () => {
		back();
		onClose();
	};
	return (
		<Menu opened id={id} onClose={close} withinPortal returnFocus={false} withInitialFocusPlaceholder={false} {...look}>
			<Menu.Target>
				<Opener opener={opener} />
			</Menu.Target>
			<Menu.Dropdown className="menu-list">
				{items.map(({ text, icon, to, onSelect, danger, apart, current }) => (
					<Fragment key={text}>
						{apart ? <Menu.Divider /> : null}
						<Menu.Item
							{...(danger ? { color: "red" } : {})}
							{...(to === undefined ? {} : { component: Link, to })}
							leftSection={icon ? <Icon name={icon} /> : null}
							rightSection={current ? <Icon name="check" /> : null}
							onClick={() => {
								// A dialog that opens now gives the focus back to where it was: the item will be gone by then.
								back();
								onSelect?.();
							}}
						>
							{text}
						</Menu.Item>
					</Fragment>
				))}
			</Menu.Dropdown>
		</Menu>
	);
}
