import { createContext, type ReactNode, useContext } from 'react';

const Notice = createContext<ReactNode>(null);

/** Gives the page below it a message, which the page shows under its title. */
export const WithPageNotice = ({ notice, children }: { notice: ReactNode; children: ReactNode }) => (
  <Notice value={notice}>{children}</Notice>
);

export const PageNotice = () => useContext(Notice);
