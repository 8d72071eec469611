// Automatic FlutterFlow imports
import 'index.dart'; // Imports other custom actions
import 'package:flutter/material.dart';
// Begin custom action code
// DO NOT REMOVE OR MODIFY THE CODE ABOVE!

/// `showModelSwitchConfirmation` for FlutterFlow's action flow, which passes arguments by position.
Future<bool> confirmModelSwitch(
  BuildContext context,
  String fromModel,
  String toModel,
  String? reason,
  String? direction,
) async {
  return showModelSwitchConfirmation(
    context,
    fromModel: fromModel,
    toModel: toModel,
    reason: reason,
    direction: direction,
  );
}
