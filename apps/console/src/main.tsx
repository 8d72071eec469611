import '@mantine/core/styles.css';
import './main.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { queries } from './api.js';
import { App } from './app.js';
import { isLoadError } from './components/lazy-page.js';
import { theme, variables } from './theme.js';

/** Of this page: what the policy lets the component library write its style elements with. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
setNonce(nonce);

/** The page says by itself that a script did not come. */
const onCaughtError = (error: unknown) => {
  if (!(error instanceof Error && isLoadError(error))) reportError(error);
};

createRoot(document.getElementById('root')!, { onCaughtError }).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={variables}
    defaultColorScheme="auto"
    getStyleNonce={() => nonce}
  >
    <QueryClientProvider client={queries}>
      {/* Without transitions a page shows at once that it loads. */}
      <BrowserRouter basename="/console" useTransitions={false}>
        <App />
      </BrowserRouter>
    </QueryClientProvider>
  </MantineProvider>,
);
