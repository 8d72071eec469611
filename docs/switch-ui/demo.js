const { showModelSwitchConfirmation, showModelSwitchDialog, showModelSwitchNotification } = ModelSwitch;

const SONNET = { id: 'eu.anthropic.claude-sonnet-4-6', name: 'Claude Sonnet 4.6' };
const NOVA_PRO = { id: 'eu.amazon.nova-pro-v1:0', name: 'Amazon Nova Pro' };

/** Notifications as the service sends them; a page passes them on unchanged. */
const NOTIFICATIONS = {
  auto: {
    type: 'auto',
    title: 'Auto-Switching AI Model',
    message: 'Upgraded from Amazon Nova Pro to Claude Sonnet 4.6...',
    modelName: SONNET.name,
    modelId: SONNET.id,
    direction: 'upgrade',
    from: NOVA_PRO.name,
    to: SONNET.name,
  },
  manual: {
    type: 'manual',
    title: 'Switching AI Model',
    message: 'Upgraded from Claude Sonnet 4.6 to Amazon Nova Pro (Cost optimization)...',
    modelName: NOVA_PRO.name,
    modelId: NOVA_PRO.id,
    direction: 'downgrade',
    from: SONNET.name,
    to: NOVA_PRO.name,
    reason: 'Cost optimization',
  },
  fallback: {
    type: 'auto',
    title: 'Auto-Switching AI Model',
    message: 'Upgraded from Claude Sonnet 4.6 to Amazon Nova Pro (Rate limit exceeded)...',
    modelName: NOVA_PRO.name,
    modelId: NOVA_PRO.id,
    direction: 'downgrade',
    from: SONNET.name,
    to: NOVA_PRO.name,
    reason: 'Rate limit exceeded',
  },
  lifecycle: {
    kind: 'lifecycle',
    type: 'auto',
    title: 'AI Model Ends',
    message: 'Claude Sonnet 4.6 ends in 180 days, on 2027-05-21; in use: clinical',
    modelName: SONNET.name,
    modelId: SONNET.id,
  },
};

const AVAILABLE = [
  { ...SONNET, provider: 'anthropic', useCase: 'clinical' },
  { id: 'eu.anthropic.claude-opus-4-7', name: 'Claude Opus 4.7', provider: 'anthropic', useCase: 'clinical' },
  { ...NOVA_PRO, provider: 'amazon', useCase: 'operations' },
  { id: 'eu.amazon.nova-lite-v1:0', name: 'Amazon Nova Lite', provider: 'amazon', useCase: 'health' },
];

const answered = (answer) => {
  document.querySelector('output').textContent = JSON.stringify(answer);
};

for (const button of document.querySelectorAll('[data-show]'))
  button.addEventListener('click', () => showModelSwitchNotification(NOTIFICATIONS[button.dataset.show]));

document.querySelector('#choose').addEventListener('click', async () => {
  const current = { currentModelId: SONNET.id, currentModelName: SONNET.name };
  answered(await showModelSwitchDialog({ availableModels: AVAILABLE, ...current }));
});

document.querySelector('#confirm').addEventListener('click', async () => {
  const question = { fromModel: SONNET.name, toModel: NOVA_PRO.name, reason: 'Cost optimization' };
  answered(await showModelSwitchConfirmation({ ...question, direction: 'downgrade' }));
});

document.querySelector('#language').addEventListener('change', ({ target }) => {
  document.documentElement.lang = target.value;
});

document.querySelector('#colours').addEventListener('change', ({ target }) => {
  document.documentElement.style.colorScheme = target.value;
});
