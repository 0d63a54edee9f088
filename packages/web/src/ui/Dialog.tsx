import { Drawer, Modal, type ModalProps } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";

type Props = Pick<ModalProps, "size"> & { title: ReactNode; onClose: () => void; children: ReactNode };

/** What is there only while it is open: the button that closes it is named, and the focus goes back to where it was. */
function useOpenOnly({ children: _, ...props }: Props) {
	const { t } = useTranslation();
	useEffect(() => {
		const before = document.activeElement;
		return () => {
			if (before instanceof HTMLElement && before.isConnected) before.focus();
		};
	}, []);
	const styles = { title: { fontWeight: 600 } };
	return { ...props, opened: true, styles, closeButtonProps: { "aria-label": t("ui.close") } } as const;
}

/** A question over the page. */
export function Dialog(props: Props): ReactNode {
	return (
		<Modal centered {...useOpenOnly(props)}>
			{props.children}
		</Modal>
	);
}

/** A panel beside the page, on the right. */
export function SideDrawer(props: Props): ReactNode {
	return (
		<Drawer position="right" size={460} {...useOpenOnly(props)}>
			{props.children}
		</Drawer>
	);
}
