"""The three federal programs: Federal Skilled Worker, Canadian Experience Class, Federal Skilled Trades."""
