"""What can a person press, paste and drag? Widgets: a picture from the clipboard, and a panel that asks about it."""
