import { Component, type ReactNode } from 'react';
import { isLoadError, reloadIfAnswered } from './lazy-page.js';
import { Page } from './page.js';
import { ProblemAlert } from './problem-alert.js';
import { Unreachable } from './unreachable.js';

interface Props {
  /** Another page is another attempt. */
  address: string;
  children: ReactNode;
}

/** A page that fails, or whose script is gone since a new version was installed, says so instead of being blank. */
export class ErrorBoundary extends Component<Props, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate({ address }: Props): void {
    if (this.state.error && address !== this.props.address) this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Page title="Something went wrong">
        {isLoadError(error) ? (
          <Unreachable onRetry={reloadIfAnswered} />
        ) : (
          <ProblemAlert error={error} onRetry={() => location.reload()} />
        )}
      </Page>
    );
  }
}
