// Automatic FlutterFlow imports
import 'index.dart'; // Imports other custom actions
import 'package:flutter/material.dart';
// Begin custom action code
// DO NOT REMOVE OR MODIFY THE CODE ABOVE!

/// `showModelSwitchDialog` for FlutterFlow's action flow, which passes arguments by position. [availableModels] is a JSON
/// list such as `data.models` of the answer to `list-all`. Completes with an item of it, or with null.
Future<dynamic> showModelSwitchDialogFromJson(
  BuildContext context,
  dynamic availableModels,
  String currentModelId,
  String currentModelName,
) async {
  return showModelSwitchDialog(
    context,
    availableModels: List<Map<String, dynamic>>.from(availableModels as List),
    currentModelId: currentModelId,
    currentModelName: currentModelName,
  );
}
