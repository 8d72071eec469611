// Automatic FlutterFlow imports
import 'package:flutter/material.dart';
// Begin custom action code
// DO NOT REMOVE OR MODIFY THE CODE ABOVE!

import '/custom_code/model_switch.dart';

/// Lets the user choose, and asks before it switches: a tap marks a model, the button takes it. Completes with the model
/// as it was given, or with null. The current one cannot be chosen.
Future<Map<String, dynamic>?> showModelSwitchDialog(
  BuildContext context, {
  required List<Map<String, dynamic>> availableModels,
  required String currentModelId,
  required String currentModelName,
}) async {
  if (!context.mounted) return null;
  final hasOthers = availableModels.any(
    (model) => model['id'] != currentModelId,
  );
  // The position: ids may be anything.
  int? chosen;
  return showDialog<Map<String, dynamic>>(
    context: context,
    builder: (_) => StatefulBuilder(
      builder: (dialogContext, setState) => AlertDialog(
        scrollable: true,
        title: Text(ModelSwitch.say(dialogContext, 'choose')),
        content: SizedBox(
          width: double.maxFinite,
          child: Column(
            mainAxisSize: MainAxisSize.min,
            crossAxisAlignment: CrossAxisAlignment.start,
            children: [
              Text(
                ModelSwitch.say(dialogContext, 'current', {
                  'model': currentModelName,
                }),
              ),
              if (!hasOthers) Text(ModelSwitch.say(dialogContext, 'noOther')),
              if (hasOthers)
                for (var index = 0; index < availableModels.length; index++)
                  _choice(
                    dialogContext,
                    availableModels[index],
                    isCurrent: availableModels[index]['id'] == currentModelId,
                    isChosen: index == chosen,
                    onTap: () => setState(() => chosen = index),
                  ),
            ],
          ),
        ),
        actions: [
          TextButton(
            onPressed: () => Navigator.of(dialogContext).pop(),
            child: Text(
              ModelSwitch.say(dialogContext, hasOthers ? 'cancel' : 'close'),
            ),
          ),
          if (hasOthers)
            FilledButton(
              onPressed: chosen == null
                  ? null
                  : () => Navigator.of(
                      dialogContext,
                    ).pop(availableModels[chosen!]),
              child: Text(ModelSwitch.say(dialogContext, 'switchNow')),
            ),
        ],
      ),
    ),
  );
}

/// A radio button. Not Flutter's own, whose parameters differ between the versions that are promised.
Widget _choice(
  BuildContext context,
  Map<String, dynamic> model, {
  required bool isCurrent,
  required bool isChosen,
  required VoidCallback onTap,
}) {
  final details = [
    ModelSwitch.providerOf('${model['id']}', model['provider'] as String?),
    model['useCase'] as String?,
    if (isCurrent) ModelSwitch.say(context, 'inUse'),
  ].whereType<String>().join(' · ');
  return MergeSemantics(
    child: Semantics(
      inMutuallyExclusiveGroup: true,
      checked: isChosen,
      child: ListTile(
        contentPadding: EdgeInsets.zero,
        leading: Icon(
          isChosen ? Icons.radio_button_checked : Icons.radio_button_unchecked,
        ),
        title: Text('${model['name']}'),
        subtitle: details.isEmpty ? null : Text(details),
        enabled: !isCurrent,
        onTap: onTap,
      ),
    ),
  );
}
