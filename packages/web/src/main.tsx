import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import "@mantine/core/styles.css";
import "./ui/design.css";
import "./ui/frame.css";
import "./ui/parts.css";
import "./ui/narrow.css";
import { startI18n } from "./i18n/i18n.ts";
import { createAppRouter } from "./router.tsx";
import { theme } from "./ui/theme.ts";

async function start(element: HTMLElement): Promise<void> {
	const i18n = await startI18n();
	// The transport has its own retry rules; a second layer on top would multiply them.
	const queryClient = new QueryClient({
		defaultOptions: { queries: { retry: false, staleTime: 10_000 } },
	});
	const router = createAppRouter(queryClient);
	createRoot(element).render(
		<StrictMode>
			<I18nextProvider i18n={i18n}>
				<MantineProvider theme={theme} defaultColorScheme="auto">
					<QueryClientProvider client={queryClient}>
						<RouterProvider router={router} />
					</QueryClientProvider>
				</MantineProvider>
			</I18nextProvider>
		</StrictMode>,
	);
}

const element = document.getElementById("root");
if (element) void start(element);
