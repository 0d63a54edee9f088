import { type MouseEvent, type ReactNode, useId, useState } from "react";
import { lazyPart } from "./lazy-part.tsx";
import type { MenuListProps } from "./MenuList.tsx";

const readMenuList = () => import("./MenuList.tsx");
const MenuList = lazyPart(async () => (await readMenuList()).MenuList);

/** What makes a button one that opens a menu. */
export type MenuButtonProps = {
	id: string;
	"aria-haspopup": "menu";
	"aria-expanded": boolean;
	onClick: (event: MouseEvent<HTMLButtonElement>) => void;
	onPointerEnter: () => void;
	onFocus: () => void;
};

type Props = Pick<MenuListProps, "items" | "position" | "width"> & { button: (props: MenuButtonProps) => ReactNode };

/** A button and the menu that it opens. The menu's code is fetched when the button is about to be pressed. */
export function MenuButton({ button, ...list }: Props): ReactNode {
	const id = useId();
	const [opener, setOpener] = useState<HTMLButtonElement | null>(null);
	const prepare = () => void readMenuList();
	return (
		<>
			{button({
				id,
				"aria-haspopup": "menu",
				"aria-expanded": opener !== null,
				onClick: ({ currentTarget }) => setOpener(opener === null ? currentTarget : null),
				onPointerEnter: prepare,
				onFocus: prepare,
			})}
			{opener ? <MenuList id={id} opener={opener} onClose={() => setOpener(null)} {...list} /> : null}
		</>
	);
}
