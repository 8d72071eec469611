import { Button, Center, Group, Image, Paper, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { dataOf } from '@orchestrator/client/client.js';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api } from '../api.js';
import { ProblemAlert } from '../components/problem-alert.js';
import mark from '../mark.svg';
import { useSignIn } from './use-session.js';

/** Stays at the address one wanted to go to, so that one is there after it. `again`: one was signed in before. */
export function SignIn({ again }: { again: boolean }) {
  const signIn = useSignIn();
  const [pasted, setPasted] = useState('');
  const failure = new URLSearchParams(location.search).get('sign-in');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (pasted.trim() !== '') signIn.mutate(pasted);
  };
  return (
    <Center component="main" mih="100dvh" p="md">
      <Paper component="form" withBorder shadow="sm" p="xl" w="100%" maw={440} onSubmit={submit}>
        <Stack>
          <Group gap="sm">
            <Image src={mark} w={36} h={36} alt="" />
            <Title order={1}>Model Orchestrator</Title>
          </Group>
          <Text c="dimmed">Which model answers, why, and who has switched it.</Text>
          <PasswordInput
            label="Service key or access token"
            description="A Supabase session as JSON will do, too. It is kept in a cookie that no script can read."
            value={pasted}
            onChange={(event) => setPasted(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
            required
            withAsterisk={false}
          />
          <Issuers />
          {failure !== null && (
            <Text size="sm" role="alert">
              {failure === 'too-large'
                ? 'Your token is too large for a session. Ask an administrator of your issuer to put fewer groups into it.'
                : 'The sign-in was not completed. Start it again.'}
            </Text>
          )}
          {again && !signIn.error && (
            <Text size="sm" role="status">
              You are not signed in any more. Sign in to continue where you were.
            </Text>
          )}
          {signIn.error && <ProblemAlert error={signIn.error} />}
          <Button type="submit" loading={signIn.isPending}>
            Sign in
          </Button>
          <Text size="sm" c="dimmed">
            <code>npm start</code> prints a key; <code>orchestrate-bedrock keys create</code> makes one.
          </Text>
        </Stack>
      </Paper>
    </Center>
  );
}

/** Buttons for the issuers of OpenID Connect that the service knows. */
function Issuers() {
  const { data } = useQuery({ queryKey: ['issuers'], queryFn: () => dataOf(api.GET('/v1/session/issuers')) });
  const returnTo = encodeURIComponent(`${location.pathname}`);
  return data?.items.map(({ id, name }) => (
    <Button key={id} component="a" href={`/v1/session/sign-in/${id}?returnTo=${returnTo}`} variant="default">
      Sign in with {name}
    </Button>
  ));
}
