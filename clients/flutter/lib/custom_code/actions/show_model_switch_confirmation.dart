// Automatic FlutterFlow imports
import 'package:flutter/material.dart';
// Begin custom action code
// DO NOT REMOVE OR MODIFY THE CODE ABOVE!

import '/custom_code/model_switch.dart';

/// Asks before a switch. Completes with true only where the user agreed. A [direction] that is not known is asked as none.
Future<bool> showModelSwitchConfirmation(
  BuildContext context, {
  required String fromModel,
  required String toModel,
  String? reason,
  String? direction,
}) async {
  if (!context.mounted) return false;
  final question = 'confirm.$direction';
  final confirmed = await showDialog<bool>(
    context: context,
    builder: (dialogContext) => AlertDialog(
      scrollable: true,
      title: Text(
        ModelSwitch.say(
          dialogContext,
          ModelSwitch.hasText(question) ? question : 'confirm.lateral',
        ),
      ),
      content: Column(
        mainAxisSize: MainAxisSize.min,
        crossAxisAlignment: CrossAxisAlignment.start,
        children: [
          Text(
            ModelSwitch.say(dialogContext, 'fromTo', {
              'from': fromModel,
              'to': toModel,
            }),
          ),
          if (reason != null && reason.isNotEmpty)
            Text(ModelSwitch.say(dialogContext, 'reason', {'reason': reason})),
        ],
      ),
      actions: [
        TextButton(
          onPressed: () => Navigator.of(dialogContext).pop(false),
          child: Text(ModelSwitch.say(dialogContext, 'cancel')),
        ),
        FilledButton(
          onPressed: () => Navigator.of(dialogContext).pop(true),
          child: Text(ModelSwitch.say(dialogContext, 'switchNow')),
        ),
      ],
    ),
  );
  return confirmed ?? false;
}
