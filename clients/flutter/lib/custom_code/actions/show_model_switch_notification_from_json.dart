// Automatic FlutterFlow imports
import 'index.dart'; // Imports other custom actions
import 'package:flutter/material.dart';
// Begin custom action code
// DO NOT REMOVE OR MODIFY THE CODE ABOVE!

/// Shows the `notification` of the action's answer, or an item of `GET /v1/notifications` or its stream, as it is.
/// Does nothing where there is none: nothing was switched, or it is not for showing.
Future<void> showModelSwitchNotificationFromJson(
  BuildContext context,
  dynamic json,
) async {
  if (json is! Map || json['silent'] == true) return;
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
