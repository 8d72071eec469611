// Automatic FlutterFlow imports
import 'package:flutter/material.dart';
// Begin custom action code
// DO NOT REMOVE OR MODIFY THE CODE ABOVE!

import '/custom_code/model_switch.dart';
import '/custom_code/model_switch_texts.dart';

/// Notifies the user that another model answers: green for an automatic switch, blue for a manual one. Goes after
/// [displayDuration]; with a screen reader it stays until it is closed. Several are shown one after the other.
///
/// [type] is `auto` or `manual`. Where the service says [direction], [from] and [to], they replace [message], which says
/// "Upgraded" whatever happened. A [direction] that is not known leaves [message]. [kind] is that of an item of the feed;
/// anything but `switch` is news of a model.
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
  final providerName = ModelSwitch.providerOf(modelId, provider);
  final exact =
      from != null && to != null && ModelSwitch.hasText('switched.$direction');
  final reasonIsSaid =
      reason == null || reason.isEmpty || (!exact && message.contains(reason));
  final lines = [
    ModelSwitch.say(context, isSwitch ? 'using' : 'about', {
      'model': modelName,
    }),
    if (exact)
      ModelSwitch.say(context, 'switched.$direction', {'from': from, 'to': to})
    else
      message,
    if (providerName != null)
      ModelSwitch.say(context, 'provider', {'provider': providerName}),
    if (!reasonIsSaid) ModelSwitch.say(context, 'reason', {'reason': reason}),
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
              '${_iconOf(isSwitch, type, direction)} ${_titleOf(context, type, title)}',
              style: const TextStyle(fontWeight: FontWeight.w600),
            ),
            for (final line in lines) Text(line),
          ],
        ),
      ),
    ),
  );
}

const _autoColor = Color(0xFF166534);
const _manualColor = Color(0xFF1D4ED8);
const _newsColor = Color(0xFF374151);
const _textColor = Color(0xFFFFFFFF);

String _iconOf(bool isSwitch, String type, String? direction) {
  if (!isSwitch) return 'ℹ️';
  return type == 'auto' && direction == 'downgrade' ? '⚠️' : '✅';
}

/// Keeps a custom title; the service's, which is English, is said in the user's language.
String _titleOf(BuildContext context, String type, String title) {
  final english = ModelSwitchTexts.byLanguage['en']!;
  final ours = [english['title.auto'], english['title.manual']].contains(title);
  return ours
      ? ModelSwitch.say(context, type == 'auto' ? 'title.auto' : 'title.manual')
      : title;
}
