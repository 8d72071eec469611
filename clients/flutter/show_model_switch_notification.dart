// The three notifications of a model switch, for lib/custom_code/actions/ of the app. Needs nothing but Flutter >= 3.7.
import 'package:flutter/material.dart';

/// Notifies the user that another model answers: green for an automatic switch, blue for a manual one. Goes after
/// [displayDuration]; with a screen reader it stays until it is closed. Several are shown one after the other.
///
/// [type] is `auto` or `manual`. Where the service says [direction], [from] and [to], they replace [message], which says
/// "Upgraded" whatever happened. [kind] is that of an item of the feed; anything but `switch` is news of a model.
///
/// Completes when it is handed over, not when it is gone.
Future<void> showModelSwitchNotification(
  BuildContext context, {
  required String modelName,
  required String modelId,
  required String type,
  required String title,
  required String message,
  Duration displayDuration = const Duration(seconds: 5),
  String? provider,
  String? reason,
  String? direction,
  String? from,
  String? to,
  String kind = 'switch',
}) async {
  if (!context.mounted) return;
  final messenger = ScaffoldMessenger.maybeOf(context);
  if (messenger == null) {
    debugPrint(
      'showModelSwitchNotification: no ScaffoldMessenger above this context, nothing was shown.',
    );
    return;
  }
  final isSwitch = kind == 'switch';
  final providerName = _providerOf(modelId, provider);
  final exact = direction != null && from != null && to != null;
  final reasonIsSaid =
      reason == null || reason.isEmpty || (!exact && message.contains(reason));
  final lines = [
    _say(context, isSwitch ? 'using' : 'about', {'model': modelName}),
    if (exact)
      _say(context, 'switched.$direction', {'from': from, 'to': to})
    else
      message,
    if (providerName != null)
      _say(context, 'provider', {'provider': providerName}),
    if (!reasonIsSaid) _say(context, 'reason', {'reason': reason}),
  ];
  messenger.showSnackBar(
    SnackBar(
      behavior: SnackBarBehavior.floating,
      backgroundColor: !isSwitch
          ? _newsColor
          : (type == 'auto' ? _autoColor : _manualColor),
      showCloseIcon: true,
      closeIconColor: _textColor,
      duration: MediaQuery.of(context).accessibleNavigation
          ? const Duration(days: 1)
          : displayDuration,
      content: DefaultTextStyle.merge(
        style: const TextStyle(color: _textColor),
        child: Column(
          mainAxisSize: MainAxisSize.min,
          crossAxisAlignment: CrossAxisAlignment.start,
          children: [
            Text(
              '${isSwitch ? '✅' : 'ℹ️'} ${_titleOf(context, type, title)}',
              style: const TextStyle(fontWeight: FontWeight.w600),
            ),
            for (final line in lines) Text(line),
          ],
        ),
      ),
    ),
  );
}

/// Shows the `notification` of the action's answer, or an item of `GET /v1/notifications` or its stream, as it is.
/// Does nothing where there is none: nothing was switched, or it is not for showing.
Future<void> showModelSwitchNotificationFromJson(
  BuildContext context,
  Map<String, dynamic>? json,
) async {
  if (json == null || json['silent'] == true) return;
  await showModelSwitchNotification(
    context,
    modelName: json['modelName'] as String,
    modelId: json['modelId'] as String,
    type: json['type'] as String,
    title: json['title'] as String,
    message: json['message'] as String,
    provider: json['provider'] as String?,
    reason: json['reason'] as String?,
    direction: json['direction'] as String?,
    from: json['from'] as String?,
    to: json['to'] as String?,
    kind: json['kind'] as String? ?? 'switch',
  );
}

/// Lets the user choose. Completes with the model as it was given, or with null. The current one cannot be chosen.
Future<Map<String, dynamic>?> showModelSwitchDialog(
  BuildContext context, {
  required List<Map<String, dynamic>> availableModels,
  required String currentModelId,
  required String currentModelName,
}) async {
  if (!context.mounted) return null;
  return showDialog<Map<String, dynamic>>(
    context: context,
    builder: (dialogContext) => AlertDialog(
      title: Text(_say(dialogContext, 'choose')),
      content: SizedBox(
        width: double.maxFinite,
        child: ListView(
          shrinkWrap: true,
          children: [
            Text(_say(dialogContext, 'current', {'model': currentModelName})),
            if (availableModels.every((model) => model['id'] == currentModelId))
              Text(_say(dialogContext, 'noOther')),
            for (final model in availableModels)
              ListTile(
                title: Text('${model['name']}'),
                subtitle: Text(
                  [
                    _providerOf('${model['id']}', model['provider'] as String?),
                    model['useCase'] as String?,
                    if (model['id'] == currentModelId)
                      _say(dialogContext, 'inUse'),
                  ].whereType<String>().join(' · '),
                ),
                enabled: model['id'] != currentModelId,
                onTap: () => Navigator.of(dialogContext).pop(model),
              ),
          ],
        ),
      ),
      actions: [
        TextButton(
          onPressed: () => Navigator.of(dialogContext).pop(),
          child: Text(_say(dialogContext, 'cancel')),
        ),
      ],
    ),
  );
}

/// Asks before a switch. Completes with true only where the user agreed.
Future<bool> showModelSwitchConfirmation(
  BuildContext context, {
  required String fromModel,
  required String toModel,
  String? reason,
  String? direction,
}) async {
  if (!context.mounted) return false;
  final confirmed = await showDialog<bool>(
    context: context,
    builder: (dialogContext) => AlertDialog(
      title: Text(_say(dialogContext, 'confirm.${direction ?? 'lateral'}')),
      content: Column(
        mainAxisSize: MainAxisSize.min,
        crossAxisAlignment: CrossAxisAlignment.start,
        children: [
          Text(
            _say(dialogContext, 'fromTo', {'from': fromModel, 'to': toModel}),
          ),
          if (reason != null)
            Text(_say(dialogContext, 'reason', {'reason': reason})),
        ],
      ),
      actions: [
        TextButton(
          onPressed: () => Navigator.of(dialogContext).pop(false),
          child: Text(_say(dialogContext, 'cancel')),
        ),
        FilledButton(
          onPressed: () => Navigator.of(dialogContext).pop(true),
          child: Text(_say(dialogContext, 'switchNow')),
        ),
      ],
    ),
  );
  return confirmed ?? false;
}

const _autoColor = Color(0xFF166534);
const _manualColor = Color(0xFF1D4ED8);
const _newsColor = Color(0xFF374151);
const _textColor = Color(0xFFFFFFFF);

final _geography = RegExp(r'^(?:us-gov|us|eu|apac|global|jp|au|ca)\.');
final _vendor = RegExp(r'^([a-z0-9]+)\.[^/]+$');

/// As people write it: `eu.amazon.nova-pro-v1:0` is of Amazon; of an ARN nobody can tell.
String? _providerOf(String modelId, String? provider) {
  final known = provider != null && provider.isNotEmpty;
  final name = known
      ? provider
      : _vendor.firstMatch(modelId.replaceFirst(_geography, ''))?.group(1);
  return name == null ? null : name[0].toUpperCase() + name.substring(1);
}

/// Keeps a custom title; the service's, which is English, is said in the user's language.
String _titleOf(BuildContext context, String type, String title) {
  final ours = [
    _texts['en']!['title.auto'],
    _texts['en']!['title.manual'],
  ].contains(title);
  return ours
      ? _say(context, type == 'auto' ? 'title.auto' : 'title.manual')
      : title;
}

/// Values are isolated, so that a name with direction marks cannot turn the sentence around it.
String _say(
  BuildContext context,
  String key, [
  Map<String, String> values = const {},
]) {
  final texts =
      _texts[Localizations.maybeLocaleOf(context)?.languageCode] ??
      _texts['en']!;
  return texts[key]!.replaceAllMapped(
    RegExp(r'\{(\w+)\}'),
    (match) => '\u2068${values[match[1]]}\u2069',
  );
}

const _texts = {
  'en': {
    'title.manual': 'Switching AI Model',
    'title.auto': 'Auto-Switching AI Model',
    'switched.upgrade': 'Upgraded from {from} to {to}',
    'switched.downgrade': 'Downgraded from {from} to {to}',
    'switched.lateral': 'Switched from {from} to {to}',
    'using': 'Using: {model}',
    'about': 'Model: {model}',
    'provider': 'Provider: {provider}',
    'reason': 'Reason: {reason}',
    'choose': 'Choose an AI model',
    'current': 'Current model: {model}',
    'inUse': 'in use',
    'noOther': 'No other model is available.',
    'confirm.upgrade': 'Upgrade the AI model?',
    'confirm.downgrade': 'Downgrade the AI model?',
    'confirm.lateral': 'Switch the AI model?',
    'fromTo': 'From {from} to {to}.',
    'switchNow': 'Switch',
    'cancel': 'Cancel',
  },
  'de': {
    'title.manual': 'KI-Modell wird gewechselt',
    'title.auto': 'KI-Modell wird automatisch gewechselt',
    'switched.upgrade': 'Von {from} auf {to} hochgestuft',
    'switched.downgrade': 'Von {from} auf {to} herabgestuft',
    'switched.lateral': 'Von {from} zu {to} gewechselt',
    'using': 'In Verwendung: {model}',
    'about': 'Modell: {model}',
    'provider': 'Anbieter: {provider}',
    'reason': 'Grund: {reason}',
    'choose': 'KI-Modell auswählen',
    'current': 'Aktuelles Modell: {model}',
    'inUse': 'in Verwendung',
    'noOther': 'Es ist kein anderes Modell verfügbar.',
    'confirm.upgrade': 'KI-Modell hochstufen?',
    'confirm.downgrade': 'KI-Modell herabstufen?',
    'confirm.lateral': 'KI-Modell wechseln?',
    'fromTo': 'Von {from} zu {to}.',
    'switchNow': 'Wechseln',
    'cancel': 'Abbrechen',
  },
  'fr': {
    'title.manual': 'Changement de modèle d’IA',
    'title.auto': 'Changement automatique de modèle d’IA',
    'switched.upgrade': 'Passage de {from} à {to}, un modèle supérieur',
    'switched.downgrade': 'Passage de {from} à {to}, un modèle inférieur',
    'switched.lateral': 'Passage de {from} à {to}',
    'using': 'Modèle utilisé\u00a0: {model}',
    'about': 'Modèle\u00a0: {model}',
    'provider': 'Fournisseur\u00a0: {provider}',
    'reason': 'Motif\u00a0: {reason}',
    'choose': 'Choisir un modèle d’IA',
    'current': 'Modèle actuel\u00a0: {model}',
    'inUse': 'utilisé',
    'noOther': 'Aucun autre modèle n’est disponible.',
    'confirm.upgrade': 'Passer à un modèle d’IA supérieur\u00a0?',
    'confirm.downgrade': 'Passer à un modèle d’IA inférieur\u00a0?',
    'confirm.lateral': 'Changer de modèle d’IA\u00a0?',
    'fromTo': 'De {from} à {to}.',
    'switchNow': 'Changer',
    'cancel': 'Annuler',
  },
};
