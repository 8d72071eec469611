export 'confirm_model_switch.dart' show confirmModelSwitch;
export 'show_model_switch_confirmation.dart' show showModelSwitchConfirmation;
export 'show_model_switch_dialog.dart' show showModelSwitchDialog;
export 'show_model_switch_dialog_from_json.dart'
    show showModelSwitchDialogFromJson;
export 'show_model_switch_notification.dart' show showModelSwitchNotification;
export 'show_model_switch_notification_from_json.dart'
    show showModelSwitchNotificationFromJson;
