"""What has happened, told to whom it concerns: on their page, by e-mail, by text message."""
