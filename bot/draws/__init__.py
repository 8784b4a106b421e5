"""The command's part in the rounds of invitations: files of them, read strictly."""
