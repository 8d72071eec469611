// Shared by the actions in actions/. A code file in FlutterFlow. Needs nothing but Flutter >= 3.7.
import 'package:flutter/material.dart';

import '/custom_code/model_switch_texts.dart';

/// Texts and names, as the actions show them.
class ModelSwitch {
  static final _geography = RegExp(r'^(?:us-gov|us|eu|apac|global|jp|au|ca)\.');
  static final _vendor = RegExp(r'^([a-z0-9]+)\.[^/]+$');

  /// False for a key with a direction that only a newer service knows.
  static bool hasText(String key) =>
      ModelSwitchTexts.byLanguage['en']!.containsKey(key);

  /// The text of [key] in the language of the app, else in English. Values are isolated, so that a name with direction
  /// marks cannot turn the sentence around it.
  static String say(
    BuildContext context,
    String key, [
    Map<String, String> values = const {},
  ]) {
    final language = Localizations.maybeLocaleOf(context)?.languageCode;
    final texts =
        ModelSwitchTexts.byLanguage[language] ??
        ModelSwitchTexts.byLanguage['en']!;
    return texts[key]!.replaceAllMapped(
      RegExp(r'\{(\w+)\}'),
      (match) => '\u2068${values[match[1]]}\u2069',
    );
  }

  /// As people write it: `eu.amazon.nova-pro-v1:0` is of Amazon; of an ARN nobody can tell.
  static String? providerOf(String modelId, String? provider) {
    final known = provider != null && provider.isNotEmpty;
    final name = known
        ? provider
        : _vendor.firstMatch(modelId.replaceFirst(_geography, ''))?.group(1);
    return name == null ? null : name[0].toUpperCase() + name.substring(1);
  }
}
